import KugelSystem
import KugelWire

/// Decodes a sound file as it comes: bytes in, samples out. Files that follow each other are one sound.
///
/// libsndfile reads when it wants to, and its readers can only wait. So it has a thread of its own, and whoever
/// brings bytes waits until it wants more than has come. Used by one thread at a time.
package final class StreamDecoder: Sendable {
  private struct Output {
    var samples: [Int16] = []
    var failure: SoundReadError?
  }

  /// Frames at once while there is plenty: some 50 ms.
  private static let step = 1200
  /// And else: what is short of it waits for what follows.
  private static let smallStep = 96

  private let file = GrowingFile()
  private let output = Monitor(Output())

  /// - Parameter rate: Hz of what is given.
  package init(rate: Int) {
    let (file, output) = (file, output)
    do throws(SystemError) {
      // Not of self, so that letting go of the decoder ends the thread.
      _ = try Thread(name: "kugel-decoder") { Self.run(file, rate: rate, output) }
    } catch {
      let cause = error.cause
      output.withLock { $0.failure = SoundReadError(cause: cause) }
      file.readerLeft()
    }
  }

  deinit { file.abandon() }

  /// - Returns: mono, in play order: what can be made of the bytes so far.
  package func take(_ bytes: [UInt8]) throws(SoundReadError) -> [Int16] {
    file.append(bytes)
    file.waitForReader()
    return try collect()
  }

  /// Nothing more will come.
  package func finish() throws(SoundReadError) -> [Int16] {
    file.end()
    file.waitForReader()
    return try collect()
  }

  private func collect() throws(SoundReadError) -> [Int16] {
    let taken = output.withLock { output in
      defer { output.samples = [] }
      return output
    }
    if taken.samples.isEmpty, let failure = taken.failure { throw failure }
    return taken.samples
  }

  // MARK: On the decoder's thread

  private static func run(_ file: GrowingFile, rate: Int, _ output: Monitor<Output>) {
    var hasSound = false
    repeat {
      do throws(SoundReadError) {
        let reader = try SoundReader(file, outputRate: rate)
        try read(reader, of: file, into: output, &hasSound)
      } catch {
        // Behind a file there may be what is none.
        if !hasSound { output.withLock { $0.failure = error } }
        break
      }
    } while file.beginsAnew()
    file.readerLeft()
  }

  private static func read(
    _ reader: SoundReader, of file: GrowingFile, into output: Monitor<Output>,
    _ hasSound: inout Bool
  ) throws(SoundReadError) {
    do throws(SoundReadError) {
      while let samples = try reader.read(frames: file.hasPlenty ? step : smallStep) {
        guard !samples.isEmpty else { continue }
        hasSound = true
        output.withLock { $0.samples += samples }
      }
    } catch {
      // Who does not know how long the file is may complain of its end.
      if hasSound, file.isRead { return }
      hasSound = false
      throw error
    }
  }
}

extension StreamDecoder: SoundFileDecoder {
  package func samples(of bytes: [UInt8]) -> [Int16]? { try? take(bytes) }
  package func rest() -> [Int16]? { try? finish() }
}
