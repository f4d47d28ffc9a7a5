import KugelJobs

extension Jobs {
  /// The jobs as the built program does them, with those of the studio.
  package static let all: Jobs = {
    var jobs = Jobs.live
    jobs.narrate = { try NarrateJob.run($0, in: $1) }
    return jobs
  }()
}
