import Glibc
import KugelSystem

/// Where ONNX Runtime may be on this machine, and how it gets there.
struct RuntimePlaces {
  /// Named by the user; then nothing else is looked for.
  var named: String?
  /// The user's folder for data of ours.
  var data: String?
  var home: String?
  /// Of Python's environment.
  var environment: String?

  static let variable = "KUGEL_ONNXRUNTIME"

  /// - Parameter variable: of the environment.
  init(named: String?, variable: (String) -> String?) {
    self.named = named ?? variable(Self.variable).flatMap { $0.isEmpty ? nil : $0 }
    home = variable("HOME")
    data = VoiceFolders.data(variable)
    environment = variable("VIRTUAL_ENV")
  }

  /// Names for the system's loader; paths begin with `/`.
  var candidates: [String] {
    if let named { return [named] }
    var found = ["libonnxruntime.so.1", "libonnxruntime.so"]
    for folder in Self.libraryFolders { found += Self.libraries(in: folder) }
    if let data {
      found += Self.libraries(in: data + "/runtime") + Self.ofPackages(in: data + "/runtime")
    }
    var roots = [environment, home.map { $0 + "/.local" }].compactMap(\.self)
    roots += ["/usr/local", "/usr"]
    for root in roots {
      for python in Folder.names(in: root + "/lib").filter({ $0.hasPrefix("python3") }).sorted() {
        for kind in ["site-packages", "dist-packages"] {
          found += Self.ofPackages(in: "\(root)/lib/\(python)/\(kind)")
        }
      }
    }
    return found
  }

  private static let libraryFolders: [String] = {
    #if arch(arm64)
      let triplet = "aarch64-linux-gnu"
    #else
      let triplet = "x86_64-linux-gnu"
    #endif
    return [
      "/usr/local/lib", "/usr/lib/\(triplet)", "/lib/\(triplet)", "/usr/lib64", "/usr/lib",
    ]
  }()

  /// Of the packages `onnxruntime` and `sherpa-onnx-core`.
  private static func ofPackages(in folder: String) -> [String] {
    libraries(in: folder + "/onnxruntime/capi") + libraries(in: folder + "/sherpa_onnx/lib")
  }

  private static func libraries(in folder: String) -> [String] {
    Folder.names(in: folder)
      .filter { $0.hasPrefix("libonnxruntime.so") }.sorted(by: >).map { folder + "/" + $0 }
  }

  /// The line that installs it here.
  var installing: String {
    let release = (try? SmallFile.read("/etc/os-release")).map {
      String(decoding: $0, as: UTF8.self)
    }
    return Self.installing(osRelease: release ?? "", data: shownData)
  }

  /// As a shell takes it.
  private var shownData: String {
    guard let data else { return Self.usualData }
    let usual = home.map { Self.usualData.replacing("~", with: $0) }
    return data == usual ? Self.usualData : "'\(data)'"
  }

  /// The line that installs it, for the system of a `/etc/os-release`.
  static func installing(osRelease: String, data: String = usualData) -> String {
    let pip = "pip install --no-deps --target \(data)/runtime onnxruntime"
    var fields: [Substring: Substring] = [:]
    for line in osRelease.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { fields[parts[0]] = parts[1].drop { $0 == "\"" }.prefix { $0 != "\"" } }
    }
    let version = (fields["VERSION_ID"] ?? "").split(separator: ".").first.flatMap { Int($0) } ?? 0
    let own = fields["ID"] ?? ""
    for id in [own] + (fields["ID_LIKE"] ?? "").split(separator: " ") {
      switch id {
      case "debian" where version >= 13 && own == "debian":
        return "sudo apt install libonnxruntime1.21"
      case "ubuntu" where version >= 25: return "sudo apt install libonnxruntime1.21"
      case "debian", "ubuntu": return pip
      case "fedora": return "sudo dnf install onnxruntime"
      case "arch": return "sudo pacman -S onnxruntime-cpu"
      default: continue
      }
    }
    return pip
  }

  static let usualData = "~/.local/share/kugel"
}
