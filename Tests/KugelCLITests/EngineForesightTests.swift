import KugelJobs
import Testing

@testable import KugelCLI

@Suite struct EngineForesightTests {
  @Test(
    arguments: [
      (["hello"], [:], false, "espeak"),
      (["-o", "a.wav", "hello"], [:], false, "espeak"),
      (["-e", "espeak", "hi"], [:], true, "espeak"),
      (["--engine=tone", "hi"], ["KUGELAUDIO_API_KEY": "k"], false, "tone"),
      (["-etone"], [:], false, "tone"),
      (["-e", "tone", "-e", "espeak"], [:], false, "espeak"),
      (["hi"], ["KUGEL_ENGINE": "tone"], false, "tone"),
      (["hi", "--", "-e", "tone"], [:], false, "espeak"),
      // An engine elsewhere, and what may bring one along.
      (["-e", "kugel", "hi"], [:], false, nil),
      (["-e"], [:], false, nil),
      (["-e", "esp"], [:], false, nil),
      (["hi"], ["KUGEL_ENGINE": "elevenlabs"], false, nil),
      (["--url", "http://127.0.0.1:1", "hi"], [:], false, nil),
      (["--url=http://127.0.0.1:1", "hi"], [:], false, nil),
      (["--key-file", "k", "hi"], [:], false, nil),
      (["--profile", "work", "hi"], [:], false, nil),
      (["--help"], [:], false, nil),
      (["-e", "espeak", "--print", "hi"], [:], false, nil),
      (["hi"], ["KUGELAUDIO_API_KEY": "k"], false, nil),
      (["hi"], ["KUGELAUDIO_API_URL": "u"], false, nil),
      (["hi"], ["KUGEL_PROFILE": "work"], false, nil),
      (["hi"], [:], true, nil),
    ] as [([String], [String: String], Bool, String?)])
  func `what can be told at a glance is told`(
    words: [String], variables: [String: String], hasConfiguration: Bool, engine: String?
  ) {
    let found = EngineForesight.engine(
      words, variable: { variables[$0] }, hasConfiguration: { hasConfiguration })
    #expect(found?.rawValue == engine)
  }
}
