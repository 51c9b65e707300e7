#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: golden inputs, and inputs made to be nasty. Run in deploy/fuzz; needs ffmpeg."""

import json
import struct
import subprocess
import zlib
from pathlib import Path

RESOURCES = Path("src/test/resources/io/saccade")
TINY = Path("../../models/gfnet/src/test/bundles/tiny")
RUNWAY = Path("../../models/bundles/runway")


def seed(target, name, data):
    folder = RESOURCES / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def ffmpeg(size, codec, *options):
    """One picture of a test pattern."""
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc=size={size}:rate=1", "-frames:v", "1",
         *options, "-c:v", codec, "-f", "image2pipe" if codec == "mjpeg" else "webp", "-"],
        check=True, capture_output=True).stdout


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth=8, colour=0, interlace=0, raw=None, extra=b""):
    """A PNG of one colour, whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    data = zlib.compress(raw if raw is not None else b"\0" * 64, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def declared(jpeg, width, height):
    """A JPEG that declares another size."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC2):
        at += 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
    return jpeg[:at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9:]


def pictures():
    to = "fuzz/PictureFuzzTestInputs/picture"
    jpeg = ffmpeg("48x32", "mjpeg", "-q:v", "20")
    seed(to, "golden.png", (TINY / "golden.png").read_bytes())
    seed(to, "baseline.jpg", jpeg)
    seed(to, "lossy.webp", ffmpeg("48x32", "libwebp", "-quality", "20"))
    seed(to, "lossless.webp", ffmpeg("48x32", "libwebp", "-lossless", "1"))
    seed(to, "grey.png", png(16, 16, raw=b"\0" * 17 * 16))
    seed(to, "sixteen-bits-alpha.png", png(4, 4, 16, 6, raw=b"\0" * 33 * 4))
    seed(to, "palette.png", png(8, 8, 8, 3, raw=b"\0" * 9 * 8, extra=chunk(b"PLTE", bytes(range(48)))))
    seed(to, "interlaced.png", png(16, 16, interlace=1, raw=b"\0" * 400))
    seed(to, "animated.png", png(16, 16, raw=b"\0" * 17 * 16, extra=chunk(b"acTL", struct.pack(">II", 9, 0))
         + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 16, 16, 0, 0, 1, 1, 0, 0))))
    seed(to, "text-bomb.png", png(16, 16, raw=b"\0" * 17 * 16,
                                  extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (1 << 20), 9))))
    seed(to, "second-header.png", png(16, 16, raw=b"\0" * 17 * 16,
                                      extra=chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0))))
    for width, height in ((65535, 65535), (100000, 100000), (20000, 20000), (16384, 2441), (1, 16384), (0, 1)):
        seed(to, f"declares-{width}x{height}.png", png(width, height))
    for width, height in ((65535, 65535), (6000, 6000), (1, 65535), (0, 0)):
        seed(to, f"declares-{width}x{height}.jpg", declared(jpeg, width, height))
    seed(to, "declares-16384x16384.webp",
         b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8L" + struct.pack("<I", 10) + b"\x2f\xff\xff\xff\x0f" + b"\0" * 5)
    seed(to, "canvas-16777216.webp",
         b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff" * 6)
    scans = jpeg[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 200 + b"\xff\xd9"
    seed(to, "scans.jpg", scans)
    large = declared(jpeg, 6000, 6000)
    seed(to, "component-scans.jpg",
         large[:large.index(b"\xff\xda")] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 200 + b"\xff\xd9")
    seed(to, "arithmetic.jpg", jpeg.replace(b"\xff\xc0", b"\xff\xc9", 1))
    seed(to, "two-headers.jpg", jpeg[:2] + declared(jpeg, 30000, 30000)[2:] + jpeg[2:])
    seed(to, "cut.jpg", jpeg[:-40])
    seed(to, "text", "no picture at all")


def frame_records():
    to = "job/kafka/FrameRecordFuzzTestInputs/record"

    def text(data):
        return struct.pack(">H", 0xFFFF) if data is None else struct.pack(">H", len(data)) + data

    def record(timestamp, key, headers=(), value=b"\xff\xd8\xff", offset=42):
        parts = [struct.pack(">qq", timestamp, offset), text(key), bytes([len(headers)])]
        parts += [bytes([name]) + text(data) for name, data in headers]
        return b"".join(parts) + value

    now = 1_760_000_000_000
    usual = [(0, b"7"), (1, b"image/jpeg"), (2, b"41960")]
    seed(to, "usual", record(now, b"gate", usual))
    seed(to, "bare", record(now, None))
    for name, key in (("path", b"../../etc/passwd"), ("nul", b"gate\0"), ("newline", b"gate\nsaccade: all is well"),
                      ("escape", b"\x1b[2Jgate"), ("bidi", "a\u202eb".encode()), ("latin", "s\u00fcd".encode("latin1")),
                      ("long", b"x" * 10_000), ("blank", b"  "), ("empty", b""), ("quote", b'gate"} 1\nup{x="')):
        seed(to, f"key-{name}", record(now, key, usual))
    for name, timestamp in (("1970", 0), ("9999", 253402300799000), ("negative", -1), ("least", -(1 << 63)),
                            ("most", (1 << 63) - 1)):
        seed(to, f"time-{name}", record(timestamp, b"gate", usual))
    seed(to, "many-headers", record(now, b"gate", [(3, b"x" * 3)] * 255))
    seed(to, "sequence-beyond", record(now, b"gate", [(0, b"9" * 19), (1, b"image/\njpeg"), (0, b"")]))
    seed(to, "tombstone", record(now, b"gate", usual, b""))


def wire():
    to = "fuzz/WireFuzzTestInputs/record"
    label = {"schema": 1, "camera": "gate", "sequence": 7, "partition": 0, "offset": 7, "capturedMillis": 1000,
             "outcome": "classified", "reason": "confident", "classes": [{"name": "bolt", "confidence": 0.93}],
             "looks": [{"x": 0, "y": 0, "width": 300, "height": 300, "confidence": 0.93, "cpuMicros": 2000}],
             "thresholds": [0.7, 0.85], "operatingPoint": 0.002, "epoch": 1, "decodeMicros": 900, "lookMicros": 2000,
             "waitedMillis": 12, "ageMillis": 15, "model": "runway", "modelSha256": "ab12"}
    event = {"schema": 1, "camera": "gate", "kind": "changed", "from": None, "to": "bolt", "atMillis": 5,
             "sinceMillis": 3, "framesAgreeing": 3, "confidence": 0.8}
    status = {"schema": 1, "kind": "decision", "subtask": 0, "parallelism": 2, "atMillis": 5, "epoch": 1,
              "reason": None, "controller": "LAW",
              "settings": {"budgetCores": 0.4, "targetAgeNanos": 1, "maxAgeNanos": 2, "windowNanos": 3,
                           "drainHorizonNanos": 4, "budgetUnit": "cores", "budgetMultiplyAddsPerSecond": None},
              "seen": {"nowNanos": 1, "arrivals": 2, "captureSpanNanos": 3, "minimumAgeNanos": 4, "decodes": 5,
                       "decodeNanos": 6, "glances": 7, "glanceNanos": 8, "focuses": 9, "focusNanos": 10,
                       "spentNanos": 11, "busyNanos": 12},
              "memory": [0.1, 1e-300, -0.0],
              "decided": {"position": 1, "keep": 1, "offeredPerSecond": 150, "demandPerSecond": 150, "costNanos": 5e6,
                          "slowdown": 1},
              "nominal": {"decodeNanos": 1, "glanceNanos": 2, "focusNanos": 3, "glanceMultiplyAdds": 4,
                          "focusMultiplyAdds": 5},
              "job": "saccade",
              "demand": {"framesPerSecond": 1, "glanceCores": 2, "fullCores": 3, "mostCores": 4, "weight": 1,
                         "deaf": False},
              "accuracy": {"audits": 1, "agreement": 0.9, "agreementLow": 0.8, "agreementHigh": 1, "accuracy": 0.9,
                           "accuracyLow": 0.8, "accuracyHigh": 1}}
    camera = {"schema": 1, "camera": "gate", "state": "live", "reason": None, "atMillis": 5, "sinceMillis": 3,
              "newestFrameMillis": 4, "nextSequence": 1000, "frames": 7, "dropped": 0, "reconnects": 1}
    for kind, (name, record) in enumerate((("label", label), ("event", event), ("control", CONTROL),
                                           ("status", status), ("camera-status", camera), ("model-order", ORDER))):
        plain = json.dumps(record, separators=(",", ":"))
        seed(to, name, str(kind) + plain)
        seed(to, f"{name}-twice", str(kind) + plain.replace("{", '{"schema":1,', 1))
        seed(to, f"{name}-version", str(kind) + plain.replace('"schema":', '"schema":9', 1))
    for name, nasty in NASTY:
        seed(to, name, "0" + nasty)


CONTROL = {"schema": 2, "epoch": 3, "issuedBy": "ann", "budgetCores": 0.5, "targetAgeMillis": 200, "maxAgeMillis": 2000,
           "auditShare": 0.02, "cameras": {"yard": {"weight": 4, "cap": 0.3}}}

ORDER = {"schema": 1, "kind": "model", "epoch": 3, "issuedBy": "ann", "location": "/usr/bin", "sha256": "a1" * 32}

NASTY = (("deep", '{"schema":1,"new":' + "[" * 5000), ("nan", '{"schema":NaN}'), ("infinity", '{"epoch":1e999}'),
         ("digits", '{"epoch":' + "1" * 5000 + "}"), ("half-a-pair", '{"camera":"\\ud800"}'), ("null", "null"),
         ("not-utf8", '{"camera":"\\u00e9"}'), ("comment", '/* */{"schema":1}'), ("trailing", "{}{}"))


def control():
    to = "fuzz/ControlFuzzTestInputs/control"
    plain = json.dumps(CONTROL, separators=(",", ":"))
    seed(to, "usual", plain)
    seed(to, "old", json.dumps({"schema": 1, "epoch": 3, "issuedBy": "ann", "budgetCores": 0.5, "targetAgeMillis": 200,
                                "maxAgeMillis": 2000}))
    seed(to, "multiply-adds", plain.replace("budgetCores", "budgetMultiplyAddsPerSecond"))
    seed(to, "none", plain.replace('"budgetCores":0.5,', ""))
    seed(to, "last-epoch", plain.replace('"epoch":3', '"epoch":9223372036854775807'))
    seed(to, "forged-camera", plain.replace("yard", "\\u001b[2J\\nsaccade: budget is 9"))
    seed(to, "forged-issuer", plain.replace("ann", "ann\\u000d\\u000asaccade: budget is 9"))
    seed(to, "ages", plain.replace("200,", "9223372036854775807,").replace("2000,", "9223372036854775807,"))
    seed(to, "smallest", plain.replace("0.5", "4.9e-324"))
    seed(to, "smallest-cap", plain.replace("0.3", "4.9e-324"))
    news = {"schema": 1, "kind": "news", "subtask": 1, "parallelism": 2, "atMillis": 1760000000000, "epoch": 0,
            "memory": [], "job": "job", "demand": {"framesPerSecond": 100, "glanceCores": 0.3, "fullCores": 0.9,
                                                   "mostCores": 0.95, "weight": 1, "deaf": False}}
    seed(to, "news", json.dumps(news))
    seed(to, "news-smallest", json.dumps(news).replace("100,", "1e-320,").replace("0.95,", "1e-320,").replace('"weight": 1', '"weight": 1e-320'))
    seed(to, "news-beyond", json.dumps(news).replace("100,", "1e6,").replace("0.9,", "1e15,").replace('"weight": 1', '"weight": 1e6'))
    orders(to)
    for name, nasty in NASTY:
        seed(to, name, nasty)


def orders(to):
    plain = json.dumps(ORDER, separators=(",", ":"))
    seed(to, "order", plain)
    seed(to, "order-forged-issuer", plain.replace("ann", "ann\\u000d\\u000asaccade: all is well"))
    seed(to, "order-version", plain.replace('"schema":1', '"schema":99'))
    seed(to, "order-hash", plain.replace("a1", "A1"))
    for name, location in (("gone", "/usr/gone"), ("outside", "/etc/passwd"), ("way-out", "/usr/../etc/passwd"),
                           ("folder", "/usr"), ("root", "/"), ("relative", "usr/bin"), ("nul", "/usr/\0"), ("blank", " "),
                           ("forged", "/usr/\x1b[2J\nsaccade: all is well\u202e"), ("long", "/usr/" + "x" * 4000),
                           ("longest", "/usr/" + '"' * 1019), ("half-a-pair", "/usr/\ud800"), ("no-ascii", "/usr/T\u00fcr")):
        seed(to, f"order-{name}", json.dumps({**ORDER, "location": location}))


def manifest():
    to = "gfnet/bundle/ManifestFuzzTestInputs/json"
    for letter, name in (("m", "manifest.json"), ("f", "frontier.json"), ("g", "golden.json")):
        plain = (TINY / name).read_text()
        seed(to, name, letter + plain)
        seed(to, f"runway-{name}", letter + (RUNWAY / name).read_text())
        for bad, nasty in NASTY:
            seed(to, f"{letter}-{bad}", letter + nasty)
    whole = json.loads((TINY / "manifest.json").read_text())
    forged = "x\u001b[2J\nsaccade: the bundle is good\u0085\u202e"
    seed(to, "forged-file", "m" + json.dumps({**whole, "files": {forged: forged, "../../etc/passwd": "0" * 64}}))
    seed(to, "forged-class", "m" + json.dumps({**whole, "classes": [forged, forged]}))
    seed(to, "crop", "m" + json.dumps({**whole, "view": {"fit": "crop", "resize": 4096, "filter": "bicubic",
                                                         "glance": "bilinear", "reducedDecode": False}}))


def cameras():
    to = "fuzz/CamerasFuzzTestInputs/cameras"
    seed(to, "usual", """defaults: {fps: 10, quality: 80}
cameras:
  - id: gate
    url: rtsp://viewer:${env:YARD_PASSWORD}@10.0.0.5/stream1
    region: {x: 0, y: 0, width: 640, height: 480}
    stallTimeout: 8s
  - {id: yard, url: "http://10.0.0.6/cam.mjpg?token=${env:YARD_PASSWORD}", width: 640, transport: udp}
  - {id: clip, url: clip.mp4, loop: true, enabled: false}
  - {id: usb, url: "v4l2:/dev/video0"}
""")
    seed(to, "forged-id", 'cameras: [{id: "a\\e[2J\\nsaccade: all is well\\u0085\\u202e", url: rtsp://h/a}]\n')
    seed(to, "invisible-id", 'cameras: [{id: "ga\\u200dte", url: rtsp://h/a}]\n')
    seed(to, "path-id", "cameras: [{id: ../../etc/passwd, url: rtsp://h/a}]\n")
    seed(to, "forged-reference", 'cameras: [{id: a, url: "${x\\e[2J\\nsaccade: all is well}"}]\n')
    seed(to, "endless-file", "cameras: [{id: a, url: 'rtsp://u:${file:/dev/zero}@h/a'}]\n")
    seed(to, "aliases", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\ncameras: [*b,*b]\n")
    seed(to, "deep", "cameras: " + "[" * 3000)
    seed(to, "deep-block", "- " * 2000)
    seed(to, "references", "cameras: [{id: a, url: '" + "${" * 1000 + "'}]\n")
    seed(to, "keys", "cameras: [{id: a, url: 'http://h/?" + "key" * 600 + "'}]\n")
    seed(to, "tags", "cameras: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://h']]\n")
    seed(to, "numbers", "cameras: [{id: a, url: rtsp://h/a, fps: .inf, width: 1e9, quality: 0x50}]\n")
    seed(to, "twice", "cameras: []\ncameras: []\n")


def stream():
    to = "camera/source/StreamFuzzTestInputs/stream"
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\nBoundary: cam\r\n\r\n"
    part = b"--cam\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n"
    seed(to, "multipart", b"h" + head + part * 2)
    seed(to, "without-length", b"h" + head + (b"--cam\r\n\r\n" + jpeg + b"\r\n") * 2 + b"--cam\r\n")
    whole = part * 2
    seed(to, "chunks", b"c" + head + b"%x\r\n" % len(whole) + whole + b"\r\n0\r\n\r\n")
    seed(to, "endless-chunk", b"c" + head + b"7fffffffffffffff\r\n" + part)
    seed(to, "forged-words", b"hHTTP/1.1 500 \x1b[2Jgone\rsaccade: all is well\r\n\r\n")
    seed(to, "huge-length", b"h" + head + b"--cam\r\nContent-Length: 999999999\r\n\r\n")
    seed(to, "many-headers", b"h" + b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200)
    seed(to, "long-line", b"hHTTP/1.1 200 " + b"x" * 9000)
    smjpeg = b"\0\nSMJPEG" + b"\0" * 8 + b"_TXT" + struct.pack(">I", 3) + b"abc" + b"HEND"
    frame = b"vidD" + struct.pack(">II", 40, len(jpeg)) + jpeg
    seed(to, "child", b"s" + smjpeg + frame * 2 + b"DONE")
    seed(to, "child-huge", b"s" + smjpeg + b"vidD" + struct.pack(">II", 40, 0x7FFFFFFF))
    seed(to, "child-negative", b"s" + smjpeg + b"vidD" + struct.pack(">II", 40, 0xFFFFFFFF))


if __name__ == "__main__":
    pictures()
    frame_records()
    wire()
    control()
    manifest()
    cameras()
    stream()
