import KugelScreen

extension Mdoc {
  /// `.Fl e Ar ENGINE , Fl \-engine Ar ENGINE`, with the macro's dot left out.
  static func names(_ spec: FlagSpec) -> String {
    let value: String =
      switch spec.value {
      case .none: ""
      case .required(let name): " Ar " + argument(name)
      case .optional(let name): " Ns Oo = Ar " + argument(name) + " Oc"
      }
    let short = spec.short.map { "Fl \(argument(String($0)))\(value) , " } ?? ""
    let negated = spec.negated.map { " , Fl " + argument(String($0.dropFirst())) } ?? ""
    return short + "Fl " + argument("-" + spec.long) + value + negated
  }
}
