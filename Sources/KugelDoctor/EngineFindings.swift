import KugelEngine
import KugelEngines
import KugelJobs

/// What the engines of this program need beside it.
enum EngineFindings {
  static func of(_ request: DoctorRequest, _ host: Host) -> [Finding] {
    var setup = EngineSetup()
    setup.options = request.options
    setup.variable = host.variable
    return EngineRegistry.all.flatMap { $0.findings?(setup) ?? [] }.map { found in
      guard let remedy = found.remedy else { return .ok(found.topic, found.text) }
      return .warn(found.topic, found.text, remedy: remedy)
    }
  }
}
