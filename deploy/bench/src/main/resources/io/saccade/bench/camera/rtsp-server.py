"""A live RTSP server for tests: many mounts of one H.264 stream that shows the time in its top rows.

The picture is encoded once, whatever the number of mounts. The time is that of the wall clock when the picture is
made, milliseconds modulo 2^24, and an eight-bit sum: 32 blocks, white for 1, most significant first.

Commands on standard input, one a line: "silent MOUNT", "corrupt MOUNT", "good MOUNT", "size WIDTHxHEIGHT",
"kick MOUNT" (ends its connections). Ends with standard input. The password, if any, is in RTSP_PASSWORD.
"""

import argparse
import os
import random
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtspServer  # noqa: E402,F401

STEPS = 16


class Picture:
    """Pictures with something that moves, and the time on top."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        ramp = bytes(60 + (x * 3 // 2) % 128 for x in range(width * 2))
        self.textures = []
        for step in range(STEPS):
            rows = (ramp[(step * 4 + y // 2) % width:][:width] for y in range(height))
            self.textures.append(b"".join(rows))
        self.colour = bytes([128]) * (width * height // 2)
        self.band = max(height // 20, 4)
        self.turn = 0

    def at(self, millis):
        stamp = millis % (1 << 24)
        word = stamp << 8 | (stamp ^ stamp >> 8 ^ stamp >> 16) & 0xFF
        row = bytes(
            235 if word >> (31 - x * 32 // self.width) & 1 else 16 for x in range(self.width)
        )
        self.turn = (self.turn + 1) % STEPS
        below = self.textures[self.turn][self.width * self.band:]
        return row * self.band + below + self.colour


class Encoder:
    """H.264 as access units, each handed to a listener."""

    def __init__(self, width, height, fps, listener):
        self.picture = Picture(width, height)
        self.listener = listener
        self.pipeline = Gst.parse_launch(
            f"appsrc name=in is-live=true format=time do-timestamp=true"
            f" caps=video/x-raw,format=I420,width={width},height={height},framerate={fps}/1"
            f" ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=1500 key-int-max={max(fps // 2, 1)} threads=1"
            f" ! video/x-h264,stream-format=byte-stream,alignment=au,profile=baseline"
            f" ! appsink name=out emit-signals=true sync=false"
        )
        self.source = self.pipeline.get_by_name("in")
        self.pipeline.get_by_name("out").connect("new-sample", self.sample)
        self.pipeline.set_state(Gst.State.PLAYING)

    def show(self):
        picture = self.picture.at(int(time.time() * 1000))
        self.source.emit("push-buffer", Gst.Buffer.new_wrapped(picture))

    def sample(self, sink):
        buffer = sink.emit("pull-sample").get_buffer()
        unit = buffer.extract_dup(0, buffer.get_size())
        key = not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
        GLib.idle_add(self.listener, unit, key)
        return Gst.FlowReturn.OK

    def stop(self):
        self.pipeline.set_state(Gst.State.NULL)


class Mount:
    """One camera: where its pictures go, and what is wrong with it."""

    def __init__(self, server, name, user):
        self.mode = "good"
        self.sources = []
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(
            "( appsrc name=src is-live=true format=time do-timestamp=true"
            " caps=video/x-h264,stream-format=byte-stream,alignment=au"
            " ! rtph264pay name=pay0 pt=96 config-interval=-1 )"
        )
        factory.set_shared(True)
        factory.connect("media-configure", self.configure)
        if user:
            may = "user,media.factory.access=(boolean)true,media.factory.construct=(boolean)true"
            role = Gst.Structure.new_from_string(may)
            factory.add_role_from_structure(role[0] if isinstance(role, tuple) else role)
        server.get_mount_points().add_factory("/" + name, factory)

    def configure(self, factory, media):
        entry = [media.get_element().get_by_name("src"), False]
        self.sources.append(entry)
        media.connect("unprepared", lambda media: self.sources.remove(entry))

    def show(self, unit, key):
        if self.mode == "silent":
            return
        if self.mode == "corrupt":
            unit = bytearray(unit)
            for _ in range(len(unit) // 10 + 1):
                unit[random.randrange(len(unit))] = random.randrange(256)
            unit = bytes(unit)
        for entry in self.sources:
            # A stream begins with a whole picture.
            entry[1] = entry[1] or key
            if entry[1]:
                entry[0].emit("push-buffer", Gst.Buffer.new_wrapped(unit))


class Cameras:
    def __init__(self, options):
        self.fps = options.fps
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address(options.host)
        self.server.set_service(str(options.port))
        if options.user:
            auth = GstRtspServer.RTSPAuth()
            token = GstRtspServer.RTSPToken()
            token.set_string("media.factory.role", "user")
            password = os.environ["RTSP_PASSWORD"]
            auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, password), token)
            self.server.set_auth(auth)
        names = options.mounts.split(",")
        self.mounts = {name: Mount(self.server, name, options.user) for name in names}
        self.size(options.size)

    def size(self, size):
        width, height = (int(number) for number in size.split("x"))
        self.encoder = Encoder(width, height, self.fps, self.spread)

    def show(self):
        self.encoder.show()
        return True

    def spread(self, unit, key):
        for mount in self.mounts.values():
            mount.show(unit, key)
        return False

    def command(self, line):
        what, argument = line.split()
        if what == "size":
            self.encoder.stop()
            self.size(argument)
        elif what == "kick":
            def ends(server, client):
                return GstRtspServer.RTSPFilterResult.REMOVE
            self.server.client_filter(ends)
        else:
            self.mounts[argument].mode = what
        print("done " + line, flush=True)
        return False


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--mounts", required=True)
    arguments.add_argument("--size", default="640x360")
    arguments.add_argument("--fps", type=int, default=10)
    arguments.add_argument("--user")
    options = arguments.parse_args()
    Gst.init(None)
    cameras = Cameras(options)
    if not cameras.server.attach(None):
        sys.exit("expected a free port, but %d is taken" % options.port)
    loop = GLib.MainLoop()

    def read():
        for line in sys.stdin:
            GLib.idle_add(cameras.command, line.strip())
        GLib.idle_add(loop.quit)

    threading.Thread(target=read, daemon=True).start()
    GLib.timeout_add(1000 // options.fps, cameras.show)
    print("serving", flush=True)
    loop.run()


main()
