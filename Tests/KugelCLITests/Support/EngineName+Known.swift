import KugelJobs

extension EngineName {
  static let kugel = EngineName.online
  static let elevenlabs = EngineName.allCases[1]
  static let espeak = EngineName.offline
  static let tone = EngineName(rawValue: "tone") ?? .offline
}
