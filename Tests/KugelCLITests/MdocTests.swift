import KugelScreen
import Testing

@testable import KugelCLI

@Suite struct MdocTests {
  @Test(arguments: [
    ("Plain text. Next one.", "Plain text.\nNext one.\n"),
    (".dot and \\", "\\&.dot and \\e\n"),
    ("See `--format`.", "See\n.Fl \\-format .\n"),
    ("Give `-o FILE`, or `-v ?`", "Give\n.Fl o Ar FILE ,\nor\n.Fl v Cm \\&?\n"),
    ("a `-` there", "a\n.Ar \\-\nthere\n"),
    ("`KUGEL_VOICE` and `kugel voices`", ".Ev KUGEL_VOICE\nand\n.Cm kugel voices\n"),
  ])
  func `prose becomes macros`(text: String, mdoc: String) {
    #expect(Mdoc.prose(text) == mdoc)
  }

  @Test(
    .enabled(if: isInstalled("mandoc"), "mandoc is not installed"),
    arguments: WriteManual.pages.map(\.path).filter { $0.hasSuffix(".1") })
  func `mandoc finds nothing to complain about`(path: String) throws {
    let page = try #require(WriteManual.pages.first { $0.path == path })
    let scratch = ScratchDirectory()
    let file = scratch.path + "/page.1"
    writeFile(file, page.text)
    let lint = shell("mandoc -T lint -W style '\(file)'")
    // Pages that are not installed yet cannot be found.
    let complaints = lint.text.split(separator: "\n").filter {
      !$0.contains("referenced manual not found")
    }
    #expect(complaints.isEmpty)
    #expect(shell("mandoc -T lint -W warning '\(file)'").status == 0)
  }
}
