import Glibc

/// libsystemd's sd-bus, loaded when it is first used: a start that plays nothing does not pay for it, and a
/// machine without it has no desktop keys.
///
/// Source: sd-bus(3) and the pages it names.
@safe struct BusLibrary: @unchecked Sendable {
  // Unchecked because of the functions' addresses, which never change.

  /// `sd_bus *` and `sd_bus_message *`.
  typealias Bus = OpaquePointer
  typealias Message = OpaquePointer
  typealias Text = UnsafePointer<CChar>
  typealias Handler =
    @convention(c) (Message?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CInt

  typealias OpenUserCall =
    @convention(c) (UnsafeMutablePointer<Bus?>) -> CInt
  let openUser: OpenUserCall
  typealias RequestNameCall =
    @convention(c) (Bus, Text, UInt64) -> CInt
  let requestName: RequestNameCall
  typealias AddObjectCall =
    @convention(c) (
      Bus, UnsafeMutablePointer<OpaquePointer?>?, Text, Handler, UnsafeMutableRawPointer?
    ) -> CInt
  let addObject: AddObjectCall
  typealias ProcessCall =
    @convention(c) (Bus, UnsafeMutablePointer<Message?>?) -> CInt
  let process: ProcessCall
  typealias DescriptorCall =
    @convention(c) (Bus) -> CInt
  let descriptor: DescriptorCall
  typealias FlushCall =
    @convention(c) (Bus) -> CInt
  let flush: FlushCall
  typealias CloseCall =
    @convention(c) (Bus) -> OpaquePointer?
  let close: CloseCall
  typealias InterfaceCall =
    @convention(c) (Message) -> Text?
  let interface: InterfaceCall
  typealias MemberCall =
    @convention(c) (Message) -> Text?
  let member: MemberCall
  typealias ReadBasicCall =
    @convention(c) (Message, CChar, UnsafeMutableRawPointer) -> CInt
  let readBasic: ReadBasicCall
  typealias NewReturnCall =
    @convention(c) (Message, UnsafeMutablePointer<Message?>) -> CInt
  let newReturn: NewReturnCall
  typealias NewErrorCall =
    @convention(c) (Message, UnsafeMutablePointer<Message?>, CInt, OpaquePointer?) -> CInt
  let newError: NewErrorCall
  typealias NewSignalCall =
    @convention(c) (Bus, UnsafeMutablePointer<Message?>, Text, Text, Text) -> CInt
  let newSignal: NewSignalCall
  typealias AppendBasicCall =
    @convention(c) (Message, CChar, UnsafeRawPointer?) -> CInt
  let appendBasic: AppendBasicCall
  typealias OpenContainerCall =
    @convention(c) (Message, CChar, Text?) -> CInt
  let openContainer: OpenContainerCall
  typealias CloseContainerCall =
    @convention(c) (Message) -> CInt
  let closeContainer: CloseContainerCall
  typealias SendCall =
    @convention(c) (Bus?, Message, UnsafeMutablePointer<UInt64>?) -> CInt
  let send: SendCall
  typealias UnrefCall =
    @convention(c) (Message) -> OpaquePointer?
  let unref: UnrefCall

  /// - Returns: nil when the library is not there, or lacks a function.
  init?() {
    guard let library = unsafe dlopen("libsystemd.so.0", RTLD_LAZY | RTLD_LOCAL) else { return nil }
    func find<Function>(_ name: String) -> Function? {
      unsafe dlsym(library, name).map { unsafe unsafeBitCast($0, to: Function.self) }
    }
    guard
      let openUser: OpenUserCall = unsafe find("sd_bus_open_user"),
      let requestName: RequestNameCall = unsafe find("sd_bus_request_name"),
      let addObject: AddObjectCall = unsafe find("sd_bus_add_object"),
      let process: ProcessCall = unsafe find("sd_bus_process"),
      let descriptor: DescriptorCall = unsafe find("sd_bus_get_fd"),
      let flush: FlushCall = unsafe find("sd_bus_flush"),
      let close: CloseCall = unsafe find("sd_bus_flush_close_unref"),
      let interface: InterfaceCall = unsafe find("sd_bus_message_get_interface"),
      let member: MemberCall = unsafe find("sd_bus_message_get_member"),
      let readBasic: ReadBasicCall = unsafe find("sd_bus_message_read_basic"),
      let newReturn: NewReturnCall = unsafe find("sd_bus_message_new_method_return"),
      let newError: NewErrorCall = unsafe find("sd_bus_message_new_method_errno"),
      let newSignal: NewSignalCall = unsafe find("sd_bus_message_new_signal"),
      let appendBasic: AppendBasicCall = unsafe find("sd_bus_message_append_basic"),
      let openContainer: OpenContainerCall = unsafe find("sd_bus_message_open_container"),
      let closeContainer: CloseContainerCall = unsafe find("sd_bus_message_close_container"),
      let send: SendCall = unsafe find("sd_bus_send"),
      let unref: UnrefCall = unsafe find("sd_bus_message_unref")
    else { return nil }
    unsafe self.openUser = openUser
    unsafe self.requestName = requestName
    unsafe self.addObject = addObject
    unsafe self.process = process
    unsafe self.descriptor = descriptor
    unsafe self.flush = flush
    unsafe self.close = close
    unsafe self.interface = interface
    unsafe self.member = member
    unsafe self.readBasic = readBasic
    unsafe self.newReturn = newReturn
    unsafe self.newError = newError
    unsafe self.newSignal = newSignal
    unsafe self.appendBasic = appendBasic
    unsafe self.openContainer = openContainer
    unsafe self.closeContainer = closeContainer
    unsafe self.send = send
    unsafe self.unref = unref
  }
}
