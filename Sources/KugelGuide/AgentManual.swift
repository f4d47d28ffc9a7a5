/// What `kugel help agents` tells.
package enum AgentManual {
  package static let text = """
    Agents

    An agent calls kugel when it has finished; kugel queues what was said and returns at once.
    Several agents take turns, and a new answer drops the old one of the same agent that still waits.

    Claude Code, in ~/.claude/settings.json (beside what stands there):

    \(indented(claude))
    Codex, in ~/.codex/config.toml, above the first line in brackets:

    \(indented(codex))
    A shell (bash, zsh), in its start-up file; it tells when a command is done:

    \(indented(shell))
    Who speaks and who waits shows kugel queue. kugel skip, again, back, on, pause, resume and stop
    steer it, best by keys of your desktop. What went wrong stands in kugel/detached.log in
    XDG_RUNTIME_DIR.

    """

  /// `Stop`: the answer. `Notification`: it waits for an answer.
  package static let claude = """
    {
      "hooks": {
        "Stop": [{"hooks": [{"type": "command",
          "command": "kugel say --input hook --detach --from claude --replace --drop-after 5m -q"}]}],
        "Notification": [{"hooks": [{"type": "command",
          "command": "kugel say --input hook --detach --from claude --priority urgent -q"}]}]
      }
    }

    """

  /// Codex adds what happened as the last argument.
  package static let codex = """
    notify = ["kugel", "say", "--input", "hook", "--detach", "--from", "codex",
              "--replace", "--drop-after", "5m", "-q"]

    """

  package static let shell = """
    spoken() {
      "$@"
      local code=$?
      if [ $code = 0 ]; then set -- "$1 is done"; else set -- "$1 failed with status $code"; fi
      kugel say --detach --from shell --drop-after 5m -q -- "$1"
      return $code
    }

    """

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}
