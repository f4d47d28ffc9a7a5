import KugelJobs

extension Jobs {
  /// With those that fetch voices.
  package var withShop: Jobs {
    var jobs = self
    jobs.shop = { try ShopJob.run($0, $1, $2, in: $3) }
    return jobs
  }
}
