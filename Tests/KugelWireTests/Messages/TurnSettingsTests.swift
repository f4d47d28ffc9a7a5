import KugelWire
import Testing

@Test func `merging keeps what the newer settings leave out`() {
  var settings = TurnSettings()
  settings.voice = .id(7)
  settings.speed = 1.1
  var newer = TurnSettings()
  newer.speed = 0.9
  newer.dictionaryIDs = []
  settings.merge(newer)
  #expect(settings.voice == .id(7))
  #expect(settings.speed == 0.9)
  #expect(settings.dictionaryIDs == [])
}
