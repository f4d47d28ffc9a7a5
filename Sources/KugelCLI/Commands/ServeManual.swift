extension Serve {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Speaks for programs that know the KugelAudio interface, its official SDKs among them: "
          + "the sockets `/ws/tts`, `/ws/tts/stream` and `/ws/tts/multi`, and `/v1/tts/generate`, `/v1/voices`, "
          + "`/v1/models`, `/v1/dictionaries`, `/health`, `/ready` and `/metrics` on one port.",
        "Programs that know OpenAI's endpoint speak with it as well: `/v1/audio/speech` in mp3, opus, flac, "
          + "wav and pcm, whole or in events, `/v1/audio/voices` and `/v1/models`; `kugel help openai` "
          + "tells what is what.",
        "So do those that know ElevenLabs, at the root and under `/11labs`: both sockets, the four calls for a text, "
          + "voices and models, in every format; `\(Topic.contextService.command)` tells what is what.",
        "The first line on standard output is the address, once connections are accepted. "
          + "INT, TERM and HUP end it: `/ready` says so, turns under way are spoken to their end, "
          + "sockets are closed with 1012, and the exit code is 0. A second signal, after more "
          + "than a tenth of a second, ends it at once.",
        "The numbers of voices are those of `kugel voices`. "
          + "The numbers 123, 268, 480, 1071 and 1072, which published examples use, speak "
          + "whatever language is asked for.",
        "Clients show a key as `Authorization: Bearer`, as `X-API-Key` or as `api_key` in the "
          + "query; `/health`, `/ready` and `/v1/models` take none. A region in front of a key, as "
          + "in `eu-`, is cut off by clients and does not belong in the file.",
        "Dictionaries replace whole words before they are spoken, for requests that name their "
          + "project; dictionaries that were made without one are in project 1. There may be 1000 of them with 10000 entries each, and "
          + "16 MB in all. Of an entry with "
          + "`ipa` and `replacement` an engine that takes sounds says the sound, another one the replacement.",
        "Unless a request says `normalize` is false, dates, times, money, units and their kind are "
          + "spoken as words in English, German, French, Spanish, Italian, Portuguese, Dutch and "
          + "Polish; `POST /v1/normalize` answers a text in words. Words with times are told at "
          + "their place in the text as it was sent. A sound may stand between slashes, as in "
          + "`/həˈləʊ/`.",
      ],
      examples: [
        .init("Serve SDK programs on this machine:", "kugel serve"),
        .init(
          "Serve a network, with keys and TLS:",
          "kugel serve --listen 0.0.0.0:8443 --api-key-file keys --tls-cert c.pem --tls-key k.pem"),
        .init("Keep a natural voice ready for kugel say:", "kugel serve --socket"),
        .init(
          "Speak for a program of OpenAI's:",
          "OPENAI_BASE_URL=http://127.0.0.1:8000/v1 OPENAI_API_KEY=none program"),
        .init(
          "Lose the first connection after two frames:", "kugel serve --fault drop-after=2,times=1"),
      ],
      guides: ServeGuide.guides,
      exits: [
        .done, .usage, .unreadableInput, .unavailable, .badConfiguration, .readerGone,
      ],
      related: ["voices", "stream"])
  }
}
