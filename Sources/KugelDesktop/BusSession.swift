import Glibc

/// A connection to the session's bus with one object on it. Used on one thread.
@safe final class BusSession {
  private let library: BusLibrary
  private let bus: BusLibrary.Bus
  private var interface = MediaInterface()
  var position: () -> Double = { 0 }
  var wished: (MediaWish) -> Void = { _ in }

  /// - Returns: nil when there is no bus.
  init?(_ library: BusLibrary, _ state: MediaState) {
    self.library = library
    interface.state = state
    var opened: BusLibrary.Bus?
    guard unsafe library.openUser(&opened) >= 0, let bus = unsafe opened else { return nil }
    unsafe self.bus = bus
  }

  deinit { _ = unsafe library.close(bus) }

  /// Takes its name. Where another one has it, there are no keys for this one.
  func announce() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe MediaInterface.path.withCString { path in
      _ = unsafe library.addObject(bus, nil, path, answerMediaCall, context)
    }
    unsafe "\(MediaInterface.root).kugel.instance\(getpid())".withCString { name in
      _ = unsafe library.requestName(bus, name, 0)
    }
  }

  var descriptor: CInt { unsafe library.descriptor(bus) }

  /// Answers whatever has come.
  ///
  /// - Returns: false when the bus is gone.
  func process() -> Bool {
    var result: CInt
    repeat { result = unsafe library.process(bus, nil) } while result > 0
    return unsafe result == 0 && library.flush(bus) >= 0
  }

  func show(_ state: MediaState) {
    guard state != interface.state else { return }
    interface.state = state
    var created: BusLibrary.Message?
    let made = unsafe MediaInterface.path.withCString { path in
      unsafe MediaInterface.properties.withCString { interface in
        unsafe "PropertiesChanged".withCString { member in
          unsafe library.newSignal(bus, &created, path, interface, member)
        }
      }
    }
    guard made >= 0, let signal = unsafe created else { return }
    var message = unsafe BusMessage(signal, library)
    message.append(.text(MediaInterface.player))
    message.append(.members(interface.changing))
    message.append(.texts([]))
    _ = unsafe library.send(bus, signal, nil)
    _ = unsafe library.unref(signal)
  }

  /// - Returns: what sd-bus wants to know: whether it was answered.
  fileprivate func answer(_ call: BusLibrary.Message) -> CInt {
    guard let name = unsafe library.interface(call), let member = unsafe library.member(call) else {
      return 0
    }
    interface.position = Int64(position() * 1e6)
    let words = unsafe BusMessage(call, library).words(atMost: 2)
    let (answer, wish) = unsafe interface.answer(
      String(cString: name), String(cString: member), words)
    if let wish { wished(wish) }
    var created: BusLibrary.Message?
    let made =
      answer == .unknown
      ? unsafe library.newError(call, &created, EOPNOTSUPP, nil)
      : unsafe library.newReturn(call, &created)
    guard made >= 0, let reply = unsafe created else { return made }
    var message = unsafe BusMessage(reply, library)
    switch answer {
    case .nothing, .unknown: break
    case .text(let text): message.append(.text(text))
    case .variant(let value): message.appendVariant(value)
    case .members(let members): message.append(.members(members))
    }
    _ = unsafe library.send(nil, reply, nil)
    _ = unsafe library.unref(reply)
    return 1
  }
}

/// sd-bus calls it on the session's thread.
private func answerMediaCall(
  _ message: BusLibrary.Message?, _ context: UnsafeMutableRawPointer?,
  _ error: UnsafeMutableRawPointer?
) -> CInt {
  guard let message = unsafe message, let context = unsafe context else { return 0 }
  return unsafe Unmanaged<BusSession>.fromOpaque(context).takeUnretainedValue().answer(message)
}

/// What is in a message.
@safe struct BusMessage {
  private let message: BusLibrary.Message
  private let library: BusLibrary

  init(_ message: BusLibrary.Message, _ library: BusLibrary) {
    unsafe self.message = message
    self.library = library
  }

  /// The strings it begins with.
  func words(atMost count: Int) -> [String] {
    var words: [String] = []
    while words.count < count {
      var text: UnsafePointer<CChar>?
      let read = unsafe library.readBasic(message, code("s"), &text)
      guard read > 0, let text = unsafe text else { break }
      words.append(unsafe String(cString: text))
    }
    return words
  }

  mutating func append(_ value: MediaValue) {
    switch value {
    case .text(let text), .path(let text):
      unsafe text.withCString { characters in
        _ = unsafe library.appendBasic(message, code(value.signature), characters)
      }
    case .flag(let flag):
      var number: CInt = flag ? 1 : 0
      _ = unsafe library.appendBasic(message, code("b"), &number)
    case .number(var number): _ = unsafe library.appendBasic(message, code("d"), &number)
    case .integer(var number): _ = unsafe library.appendBasic(message, code("x"), &number)
    case .texts(let texts):
      within("a", "s") { message in for text in texts { message.append(.text(text)) } }
    case .members(let members):
      within("a", "{sv}") { message in
        for (name, value) in members {
          message.within("e", "sv") { message in
            message.append(.text(name))
            message.appendVariant(value)
          }
        }
      }
    }
  }

  mutating func appendVariant(_ value: MediaValue) {
    within("v", value.signature) { $0.append(value) }
  }

  private mutating func within(
    _ kind: String, _ contents: String, _ body: (inout BusMessage) -> Void
  ) {
    unsafe contents.withCString { contents in
      _ = unsafe library.openContainer(message, code(kind), contents)
    }
    body(&self)
    _ = unsafe library.closeContainer(message)
  }

  private func code(_ kind: String) -> CChar { CChar(bitPattern: kind.utf8.first ?? 0) }
}
