import KugelGuide
import KugelScreen

extension ManPage {
  static var events: String {
    ".Sh EVENTS\n" + EventManual.opening.map(Mdoc.prose).joined(separator: ".Pp\n")
      + ".Pp\n" + choices(EventManual.choices)
  }
}
