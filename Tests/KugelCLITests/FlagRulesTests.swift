import KugelScreen
import Testing

@testable import KugelCLI

/// What must hold for every option of every command, present and to come.
@Suite struct FlagRulesTests {
  private static let everything = Catalogue.shown.map { (name: $0.name, specs: $0.specs) }

  @Test func `no two options of a command share a name`() {
    for (command, specs) in Self.everything {
      let names = specs.flatMap(\.names)
      #expect(Set(names).count == names.count, "\(command): \(names)")
    }
  }

  @Test func `a letter means the same in every command, and so does a name`() {
    var byLetter: [Character: String] = [:]
    var byName: [String: FlagSpec] = [:]
    for (command, specs) in Self.everything {
      for spec in specs {
        if let letter = spec.short {
          #expect(byLetter[letter, default: spec.long] == spec.long, "-\(letter) of \(command)")
          byLetter[letter] = spec.long
        }
        // `voices` prints JSON instead of its table, `bench` writes it beside its own; it paces text and
        // not sound. `multi` is ahead by lines, `serve` by time. `narrate` has subtitles beside each of
        // its files, and is told their kinds.
        if let known = byName[spec.long], !["json", "pace", "ahead", "subs"].contains(spec.long) {
          #expect(
            known.short == spec.short && known.value == spec.value, "--\(spec.long) of \(command)")
        }
        byName[spec.long] = spec
      }
    }
  }

  @Test func `names are written one way`() {
    for spec in Self.everything.flatMap(\.specs) {
      let parts = spec.long.split(separator: "-", omittingEmptySubsequences: false)
      #expect(parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLowercase } }, "\(spec.long)")
      #expect(!spec.long.hasPrefix("no-"), "\(spec.long)")
      #expect(spec.placeholder.map { $0.allSatisfy { $0.isUppercase || $0 == "=" } } ?? true)
    }
  }

  @Test func `help is a fragment and every choice says what it means`() {
    for spec in Self.everything.flatMap(\.specs) {
      #expect(!spec.help.isEmpty && !spec.help.hasSuffix("."), "\(spec.long)")
      #expect(spec.detail.isEmpty || spec.detail.hasSuffix("."), "\(spec.long)")
      for choice in spec.choices.fixed {
        #expect(!choice.meaning.isEmpty && !choice.meaning.hasSuffix("."), "\(spec.long) \(choice)")
      }
    }
  }

  @Test func `help fits a hundred columns`() {
    let pages =
      [HelpPage.top, HelpPage.short] + Catalogue.all.map { HelpPage.of($0) }
      + Topic.allCases.map(\.text)
    for line in pages.flatMap({ $0.split(separator: "\n") }) {
      #expect(line.count <= 100, "\(line)")
    }
  }

  @Test func `every option and choice is in help and man page`() {
    for command in Catalogue.shown {
      let help = HelpPage.of(command)
      let page = ManPage.of(command)
      for spec in command.specs {
        #expect(help.contains(spec.isNegatable ? "--[no-]\(spec.long)" : spec.dashed))
        #expect(help.contains(spec.help))
        #expect(page.contains(".It " + Mdoc.names(spec) + "\n"))
        for choice in spec.choices.fixed {
          #expect(help.contains(choice.shown), "\(command.name) \(choice.shown)")
          #expect(
            page.contains(".It Cm " + Mdoc.argument(choice.word)), "\(command.name) \(choice.shown)"
          )
        }
        if let variable = spec.variable {
          #expect(page.contains(".It Ev \(variable)\n"))
          #expect(ManPage.top.contains(".It Ev \(variable)\n"))
        }
      }
    }
  }

  @Test func `every name of every option is in the three completions`() {
    for command in Catalogue.shown {
      let sections = (
        bash: section(of: BashCompletion.script, from: "    \(command.name))", to: ";;\n"),
        zsh: section(of: ZshCompletion.script, from: "    \(command.name))", to: "\n      ;;\n")
      )
      for spec in command.specs {
        for name in spec.names {
          #expect(words(sections.bash).contains(name), "bash \(command.name) \(name)")
          #expect(
            sections.zsh.contains(")\(name)") || sections.zsh.contains("'*\(name)"), "zsh \(name)")
        }
        for long in spec.names.filter({ $0.hasPrefix("--") }) {
          #expect(
            FishCompletion.script.split(separator: "\n").contains {
              $0.contains("'__kugel_command \(command.name)'")
                && words(String($0)).contains(String(long.dropFirst(2)))
            }, "fish \(command.name) \(long)")
        }
      }
    }
  }

  @Test func `every exit code and every format is explained`() {
    let codes = Topic.exitCodes.text
    for status in Code.allCases {
      #expect(codes.contains(status.meaning))
      #expect(ManPage.top.contains(".It \(status.rawValue)\n"))
      #expect(!status.meaning.hasSuffix("."))
    }
    for choice in Topic.formatChoices {
      #expect(Topic.formats.text.contains("  \(choice.word) "))
      #expect(ManPage.top.contains(".It Cm \(Mdoc.argument(choice.word))\n"))
    }
  }

  @Test func `hidden commands are in no page`() {
    for command in Catalogue.all where command.isHidden {
      #expect(!HelpPage.top.contains(command.name))
      #expect(!ManPage.top.contains(command.name))
    }
  }

  /// The lines after one that says `start`, up to `end`.
  private func section(of script: String, from start: String, to end: String) -> String {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { $0 != start }
    let stop = end.split(separator: "\n").last ?? ""
    return body.prefix { !($0.hasSuffix(stop) && $0.allSatisfy { " ;".contains($0) }) }
      .joined(separator: "\n")
  }

  private func words(_ text: String) -> [String] {
    text.split { " '\n)(|".contains($0) }.map(String.init)
  }
}
