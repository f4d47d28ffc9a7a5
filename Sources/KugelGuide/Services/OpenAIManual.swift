import KugelScreen

/// What `kugel help openai` says: for those who come from there, and those who have one of the many servers
/// that answer alike.
package enum OpenAIManual {
  package static let text =
    """
    OpenAI's speech endpoint

    The engine openai speaks with whatever answers POST /v1/audio/speech: OpenAI,
    Kokoro-FastAPI, LocalAI, vLLM-omni, OpenRouter and many more. kugel serve
    answers it too, for programs that speak so.

    Speaking with a server

      kugel say -e openai --url http://127.0.0.1:8880 -v af_bella Hello.
      kugel voices -e openai --url http://127.0.0.1:8880
      kugel say -e openai --url http://127.0.0.1:8880 -m '?'

    In the configuration, so that kugel say --profile kokoro is enough:

      [kokoro]
      engine = openai
      url = http://127.0.0.1:8880
      voice = af_bella

    The address may end in /v1 or not. A key comes from the usual places and from
    OPENAI_API_KEY, and goes to no other service; servers of your own want none.

    What is called what


    """
    + Columns.text(
      [
        ["  model", "-m MODEL; tts-1 when none is named"],
        ["  voice", "-v VOICE; mixtures such as 'af_bella(2)+af_sky(1)' go as they are"],
        ["  input", "the text, a sentence to a request; -x chunk_length_schedule= bundles more"],
        ["  speed", "-s X, from 0.25 to 4"],
        ["  instructions", "-x instructions='like a secret'"],
        ["  response_format", "pcm, and wav where a server does not know that"],
        ["  stream_format", "-x stream_format=sse; events are also read unasked"],
        ["  anything else", "-x body.NAME=JSON, such as -x body.lang_code=a"],
      ], within: Columns.usualWidth)
      + """

      Two requests are under way at once, over connections that are kept, so that the
      next sentence is there when one ends. Of sound without a header 24000 samples
      are a second; where a server says nothing and means another rate: -x
      sample_rate=16000. Times of words are estimated: events give them the score 0,
      and heard= is marked.

      What a flush costs

      Nobody flushes here: a request is whole. What kugel ends, by /end, a blank line
      or the end of the text, ends a bundle; each request costs its own delay, and the
      voice begins anew. Longer bundles cost less: -x chunk_length_schedule=1,200.

      Programs that speak so, with kugel serve

        kugel serve
        export OPENAI_BASE_URL=http://127.0.0.1:8000/v1 OPENAI_API_KEY=none

      mp3, opus, flac, wav and pcm are made, not aac; in events with stream_format sse.
      The names alloy to verse stand for voices of the service that speak any language
      (language beside the others says which); its own names and numbers are taken
      too, and GET /v1/audio/voices lists them all. Texts over 4096 characters are
      refused, unless --openai-limit says otherwise.

      """
}
