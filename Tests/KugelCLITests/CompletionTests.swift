import Testing

@testable import KugelCLI
@testable import KugelJobs

/// Each script in its own shell, with a `kugel` that knows two voices.
@Suite(.serialized) struct CompletionTests {
  private let scratch = ScratchDirectory()
  private let shells = packageRoot + "/Tests/KugelCLITests/Shells"

  init() {
    for shell in Completion.Shell.allCases {
      writeFile(scratch.path + "/" + shell.file, shell.script)
    }
    writeFile(
      scratch.path + "/kugel",
      """
      #!/bin/sh
      case "$*" in
        "_names voices -- say -e tone"*) echo beep ;;
        "_names voices"*) printf 'anna\\nbob two\\n' ;;
        "_names languages"*) printf 'de\\nde-at\\nen\\n' ;;
      esac

      """)
    writeFile(scratch.path + "/speech.txt", "")
    _ = shell("chmod +x '\(scratch.path)/kugel'")
  }

  /// What is typed, and what must and must not be offered.
  private static let cases: [(typed: [String], offered: [String], others: [String])] = [
    ([""], ["say", "stream", "voices", "completion", "help"], ["_names", "_manual"]),
    (["s"], ["say", "stream"], ["voices"]),
    (["--v"], ["--version"], ["--help"]),
    (["say", "--"], ["--engine", "--no-play", "--play", "--file", "--help"], ["--tee"]),
    (["say", "--en"], ["--engine"], ["--file"]),
    (["stream", "--t"], ["--turn", "--tee"], ["--engine"]),
    (["say", "-e", ""], ["espeak", "tone"], ["say"]),
    (["say", "--engine", "t"], ["tone"], ["espeak"]),
    (["stream", "--turn", "b"], ["blank"], ["eof"]),
    (["say", "-x", "p"], ["pitch="], []),
    (["say", "-v", "a"], ["anna"], ["beep"]),
    (["say", "-e", "tone", "-v", ""], ["beep"], ["anna"]),
    (["say", "-l", "d"], ["de", "de-at"], ["en"]),
    (["session", "--lang", ""], ["de", "en"], ["anna"]),
    (["voices", "-l", "e"], ["en"], ["de"]),
    (["say", "-f", "spe"], ["speech.txt"], ["kugel.fish"]),
    (["help", "f"], ["formats"], ["bash"]),
    (["completion", ""], ["bash", "fish", "zsh"], ["formats"]),
    (["voices", "--"], ["--json", "--search", "--lang"], ["--output"]),
  ]

  private func check(
    _ shell: String, _ candidates: ([String]) -> [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (typed, offered, others) in Self.cases {
      let found = candidates(typed)
      for word in offered {
        #expect(found.contains(word), "\(shell) \(typed): \(found)", sourceLocation: sourceLocation)
      }
      for word in others {
        #expect(
          !found.contains(word), "\(shell) \(typed): \(found)", sourceLocation: sourceLocation)
      }
    }
  }

  private func lines(_ script: String) -> [String] {
    let run = shell("cd '\(scratch.path)'; PATH=$PWD:$PATH HOME=$PWD; export PATH HOME\n" + script)
    return run.text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map(String.init)
  }

  @Test(.enabled(if: isInstalled("bash"), "bash is not installed"))
  func `bash offers what fits`() {
    check("bash") { typed in
      lines("bash '\(shells)/bash-candidates.bash' kugel.bash kugel " + shellWords(typed))
    }
    let split = lines("bash '\(shells)/bash-candidates.bash' kugel.bash kugel say --engine = t")
    #expect(split == ["tone"])
    let text = lines("bash '\(shells)/bash-candidates.bash' kugel.bash kugel say -- --en")
    #expect(text == [])
    let spaced = lines("bash '\(shells)/bash-candidates.bash' kugel.bash kugel say -v b")
    #expect(spaced == [#"bob\ two"#])
  }

  @Test(.enabled(if: isInstalled("shellcheck"), "shellcheck is not installed"))
  func `shellcheck passes the completion for bash`() {
    #expect(lines("shellcheck -s bash kugel.bash '\(shells)/bash-candidates.bash'") == [])
  }

  @Test(.enabled(if: isInstalled("fish"), "fish is not installed"))
  func `fish offers what fits`() {
    #expect(lines("fish --no-execute kugel.fish") == [])
    check("fish") { typed in
      lines("fish -N -c 'source kugel.fish; complete -C \"kugel \(typed.joined(separator: " "))\"'")
        .map { String($0.prefix { $0 != "\t" }) }
    }
  }

  @Test(.enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func `zsh offers what fits`() {
    #expect(lines("zsh -n _kugel") == [])
    let typed = Self.cases.map { "kugel " + $0.typed.joined(separator: " ") }
    var offers: [String: [String]] = [:]
    var current = ""
    let script = "zsh -f '\(shells)/zsh-candidates.zsh' \"$PWD/_kugel\" "
    for line in lines(script + shellWords(typed)) {
      if line.hasPrefix("line ") { current = String(line.dropFirst(5)) }
      if line.hasPrefix("offer ") { offers[current, default: []].append(String(line.dropFirst(6))) }
    }
    check("zsh") { offers["kugel " + $0.joined(separator: " ")] ?? [] }
  }
}
