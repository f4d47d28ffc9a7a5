import KugelClient
import KugelReading
import KugelText

/// How the texts of a request are read: a file of Markdown is one whatever other files are.
struct Readings {
  private let request: SpeechRequest
  private let target: TextTarget
  private let lexicon: Lexicon

  /// - Throws: 66 or 65 for a lexicon file.
  init(_ request: SpeechRequest, for target: TextTarget, in host: Host) throws(UserError) {
    self.request = request
    self.target = target
    lexicon = try Lexicon(files: request.text.lexicons, in: host)
  }

  /// Of what comes from no file.
  var usual: TextReading { reading(request.flows ? .flowing : spoken) }

  /// Of what a model writes.
  var answer: TextReading { reading(.flowing) }

  func reading(of path: String) -> TextReading {
    let name = path.lowercased()
    let isMarkdown = name.hasSuffix(".md") || name.hasSuffix(".markdown")
    return reading(isMarkdown ? .markdownFile : spoken)
  }

  /// Text that was written to be said. An engine of this machine names pictures, or spells them.
  private var spoken: TextFilters { request.engine.isRemote ? .plain : TextFilters(.emoji) }

  private func reading(_ usual: TextFilters) -> TextReading {
    TextReading(
      request.text.filters(
        usual: usual.names, wantsWords: request.engine.reading.wantsWords,
        flows: request.flows || request.source == .standardInput, lexicon: lexicon), for: target)
  }
}

extension Lexicon {
  /// Reads lexicon files; of entries for one word the last file's counts.
  ///
  /// - Throws: 66 for one that cannot be read, 65 for one that is not understood.
  package init(files: [String], in host: Host) throws(UserError) {
    var entries: [Entry] = []
    for path in files.reversed() {
      let text: String
      do throws(UserError) { text = try InputText.read(path, warns: true, in: host) } catch {
        throw error.about("lexicon")
      }
      do throws(LexiconError) {
        entries += try Lexicon(parsing: text).entries
      } catch {
        throw UserError(
          .badInput, "\(InputText.name(of: path)):\(error.line): \(error.cause)",
          hint: "A line of a lexicon is WORD = SPOKEN FORM, or WORD = /IPA/."
        ).about("lexicon")
      }
    }
    self.init(entries)
  }
}
