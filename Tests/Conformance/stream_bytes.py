"""Streams as services send them, byte for byte, of texts that are hard to cut: for kugel and for the SDKs."""

import json
import random

TEXTS = [
    "Good morning. It rains.",
    "Grüße, Çelik!  Zwei  Blanks.\n\nEin Absatz: „quoted“ – 3,14 €.",
    "日本語の文。もう一つ！ 👩‍👩‍👧‍👦 and 🇩🇪, e\u0301 and \\u00e9, \"quotes\" \\ slashes / and \ttabs.",
    "data: not an event\n: nor a comment\r\nline\rline\u2028separator\u2029\u0085end.",
    "{\"choices\": []} is text here. [DONE] too.",
]


def pieces(text, seed):
    """The text in the tokens of a model that cuts between any two letters."""
    chance, rest = random.Random(seed), text
    while rest:
        count = chance.randint(1, 7)
        yield rest[:count]
        rest = rest[count:]


def event(data, name=None, newline="\n", ascii_only=False):
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=ascii_only)
    head = f"event: {name}{newline}" if name else ""
    return f"{head}data: {text}{newline}{newline}".encode()


def chat(text, seed, newline="\n", usage=True):
    """Chat completions, with a comment, a role alone, nulls, and usage without choices."""
    base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}

    def chunk(delta, finish=None):
        return {**base, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    yield f": keep-alive{newline}{newline}".encode()
    yield event(chunk({"role": "assistant", "content": ""}), newline=newline)
    yield event(chunk({"content": None}), newline=newline)
    yield event(chunk({"reasoning_content": "Not this."}), newline=newline)
    for number, piece in enumerate(pieces(text, seed)):
        yield event(chunk({"content": piece}), newline=newline, ascii_only=number % 2 == 0)
    yield event(chunk({}, "stop"), newline=newline)
    if usage:
        yield event(
            {**base, "choices": [],
             "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}}, newline=newline)
    yield event("[DONE]", newline=newline)


def responses(text, seed, newline="\n"):
    """The Responses API: one message after a thought."""
    head = {"id": "r", "object": "response", "created_at": 1, "model": "m", "output": [], "tools": [],
            "parallel_tool_calls": True, "tool_choice": "auto"}
    at = {"item_id": "i", "output_index": 0, "content_index": 0}
    count = 0

    def send(kind, **more):
        nonlocal count
        count += 1
        return event({"type": kind, "sequence_number": count, **more}, kind, newline, count % 2 == 0)

    yield send("response.created", response={**head, "status": "in_progress"})
    yield send("response.reasoning_summary_text.delta", delta="Not this.", item_id="t", output_index=0,
               summary_index=0)
    for piece in pieces(text, seed):
        yield send("response.output_text.delta", delta=piece, logprobs=[], **at)
    yield send("response.output_text.done", text=text, logprobs=[], **at)
    yield send("response.completed", response={
        **head, "status": "completed",
        "usage": {"input_tokens": 3, "output_tokens": 5, "total_tokens": 8,
                  "input_tokens_details": {"cached_tokens": 0},
                  "output_tokens_details": {"reasoning_tokens": 0}}})


def messages(text, seed, newline="\n"):
    """Anthropic's Messages: a thought, a text, pings."""
    count = 0

    def send(kind, **more):
        nonlocal count
        count += 1
        return event({"type": kind, **more}, kind, newline, count % 2 == 0)

    yield send("message_start", message={
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 3, "output_tokens": 1}})
    yield send("content_block_start", index=0,
               content_block={"type": "thinking", "thinking": "", "signature": ""})
    yield send("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "Not this."})
    yield send("content_block_delta", index=0, delta={"type": "signature_delta", "signature": "EqQ"})
    yield send("content_block_stop", index=0)
    yield send("content_block_start", index=1, content_block={"type": "text", "text": ""})
    yield send("ping")
    for piece in pieces(text, seed):
        yield send("content_block_delta", index=1, delta={"type": "text_delta", "text": piece})
    yield send("content_block_stop", index=1)
    yield send("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None},
               usage={"output_tokens": 5})
    yield send("message_stop")
