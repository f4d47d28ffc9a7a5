import CSndfile

extension AudioFormat {
  /// libsndfile's number for the format.
  var soundCode: CInt {
    switch self {
    case .wav: CInt(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
    case .wavULaw: CInt(SF_FORMAT_WAV | SF_FORMAT_ULAW)
    case .wavALaw: CInt(SF_FORMAT_WAV | SF_FORMAT_ALAW)
    case .au: CInt(SF_FORMAT_AU | SF_FORMAT_PCM_16)
    case .flac: CInt(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    case .opus: CInt(SF_FORMAT_OGG | SF_FORMAT_OPUS)
    case .mp3: CInt(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
    case .raw: CInt(SF_FORMAT_RAW | SF_FORMAT_PCM_16) | CInt(SF_ENDIAN_LITTLE)
    case .ulaw: CInt(SF_FORMAT_RAW | SF_FORMAT_ULAW)
    case .alaw: CInt(SF_FORMAT_RAW | SF_FORMAT_ALAW)
    }
  }

  /// The same samples in RF64, which has no limit of 4 GiB; nil for formats that are not RIFF.
  var largeSoundCode: CInt? {
    switch self {
    case .wav, .wavULaw, .wavALaw:
      soundCode & CInt(SF_FORMAT_SUBMASK) | CInt(SF_FORMAT_RF64)
    case .au, .flac, .opus, .mp3, .raw, .ulaw, .alaw: nil
    }
  }

  /// Whether a frame of an encoder is lost when its end is.
  var isEncoded: Bool {
    switch self {
    case .flac, .opus, .mp3: true
    case .wav, .wavULaw, .wavALaw, .au, .raw, .ulaw, .alaw: false
    }
  }

  /// Whether the bytes of little-endian 16-bit samples are the file's own.
  var storesSamplesAsTheyAre: Bool {
    (self == .wav || self == .raw) && 1.littleEndian == 1
  }
}
