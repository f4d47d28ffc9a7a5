import Glibc

/// The three descriptors that every program may count on.
package enum StandardDescriptors {
  /// Puts `/dev/null` where one is missing, so that no file, pipe or socket of ours gets its number. Call
  /// it before anything else is opened.
  ///
  /// An input that is missing is at its end. An output that is missing cannot be written: what was asked
  /// for would be lost, and that is an error to be told.
  package static func openMissing() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      // The lowest number that is free is this one, since those below it are open by now.
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }

  /// Lets a vanished reader and a file that may not grow be errors of `write`, not signals.
  package static func ignoreWriteSignals() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }
}
