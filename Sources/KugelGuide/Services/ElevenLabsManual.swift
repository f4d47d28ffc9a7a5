import KugelScreen

/// What `kugel help elevenlabs` says: for those who come from there, and those who have programs that speak so.
package enum ElevenLabsManual {
  package static let text =
    """
    ElevenLabs

    The engine elevenlabs speaks with ElevenLabs, and with services that speak
    like it. kugel serve answers such programs too.

    Speaking with the service

      export ELEVENLABS_API_KEY=...
      kugel say -e elevenlabs -v George Hello.
      llm ... | kugel stream -e elevenlabs -v George
      kugel voices -e elevenlabs

    A text that is there as a whole goes in one call (stream/with-timestamps). A
    growing one goes over multi-stream-input, a context to each turn; where a
    service has stream-input alone, a connection to each turn. Models without
    sockets (eleven_v3) go in calls, a bundle of sentences each, and kugel says
    so. What a call says it is billed for is told with the turn (-v, --events).

    What is called what


    """
    + Columns.text(
      [
        ["  voice_id", "-v VOICE: an id, a name, or the beginning of one"],
        ["  model_id", "-m MODEL; eleven_flash_v2_5 when none is named"],
        ["  language_code", "-l LANG"],
        [
          "  voice_settings", "-s X (speed, 0.7 to 1.2), -x stability=, similarity_boost=, style=,",
        ],
        ["", "use_speaker_boost=; /set in kugel session, for the turns to come"],
        ["  output_format", "-x output_format=; pcm_24000 when none is named"],
        ["  chunk_length_schedule", "-x chunk_length_schedule=120,160,250,290"],
        ["  auto_mode", "-x auto_mode=true, or --preset fast"],
        ["  dictionary locators", "-x pronunciation_dictionaries=ID:VERSION,..."],
        ["  previous_text, next_text", "-x previous_text=...; between calls kugel fills them in"],
        ["  seed, enable_logging, ...", "-x NAME=VALUE; kugel help settings has all of them"],
        ["  residency", "--region eu, in or sg; --region preview is the nearest"],
        ["  Authorization: Bearer", "-x credential=bearer"],
        ["  single_use_token", "-x credential=token: the key is a token, good for one connection"],
        ["  close_context", "/cancel, or Ctrl-C in kugel session"],
      ], within: Columns.usualWidth)
      + """

      What a flush costs

      With ElevenLabs a flush has the service speak what it holds: the context stays,
      but what was cut there is an utterance of its own, with the melody of one. With
      KugelAudio a flush ends the turn: the next text begins with new delay. So send
      words as they come, and flush once, where the turn ends. kugel does so: whole
      sentences go out, and only one that would wait for the schedule is flushed.

      kugel serve --lint tells which programs flush within a sentence, and where a
      flush ends the turn, after each: with the rule, and the number of the message.

      Programs that speak so, with kugel serve

        kugel serve
        ElevenLabs(base_url="http://127.0.0.1:8000", api_key="none")

      Both sockets, the four calls for a text, voices and models are answered, at /
      and under /11labs, in every output_format. The SDK's convert_realtime speaks
      TLS whatever the address says: give kugel serve --tls-cert and --tls-key. A
      context of KugelAudio's outlives its turns, one here does not; characters have
      times here, words there: kugel counts in words.

      """
}
