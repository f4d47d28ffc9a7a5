/// What a configuration file may look like.
package enum ConfigurationManual {
  package static let example = """
    # who speaks
    engine = kugel
    voice = 1071
    key_file = /home/me/.config/kugel/key
    timeout = connect=3s,first=20s

    [work]
    url = https://speech.example.com
    key_command = pass show work/speech

    [engine.robot]
    command = espeak-ng --stdin --stdout -v {lang} -s {rate}

    """
}
