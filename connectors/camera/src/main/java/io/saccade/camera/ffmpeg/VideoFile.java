package io.saccade.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A video file, read from front to back, each frame as a JPEG of the file's own size. For local
 * files only: a read that hangs would hang its caller. Not thread-safe.
 */
public final class VideoFile implements AutoCloseable {
  static {
    // FFmpeg writes to standard error; what matters comes back as an IOException.
    av_log_set_level(AV_LOG_FATAL);
  }

  private final Natives natives = new Natives();
  private final Path path;
  private final AVFormatContext container;
  private final AVCodecContext decoder;
  private final AVPacket packet;
  private final AVFrame frame;
  private final int stream;
  private @Nullable JpegEncoder encoder;
  private boolean drained;

  /**
   * Opens a file.
   *
   * @throws IOException when it is not a video that can be decoded
   */
  public VideoFile(Path path) throws IOException {
    this.path = path;
    boolean open = false;
    try {
      container = container(path);
      stream = bestStream();
      decoder = decoder();
      packet = natives.own(av_packet_alloc(), it -> av_packet_free(it));
      frame = natives.own(av_frame_alloc(), it -> av_frame_free(it));
      open = true;
    } finally {
      if (!open) {
        natives.close();
      }
    }
  }

  /** Native things allocated and not yet freed by this package, in the whole process. */
  public static int openNatives() {
    return Natives.open();
  }

  /** The next frame as JPEG; null at the end of the file. Damaged parts are passed over. */
  public byte @Nullable [] nextJpeg() throws IOException {
    while (true) {
      int received = avcodec_receive_frame(decoder, frame);
      if (received == AVERROR_EOF) {
        return null;
      }
      if (received == AVERROR_EAGAIN()) {
        feed();
      } else if (received != AVERROR_INVALIDDATA) {
        Natives.check(received, "decode " + path);
        return encode();
      }
    }
  }

  private byte[] encode() throws IOException {
    if (encoder == null || !encoder.fits(frame)) {
      if (encoder != null) {
        encoder.close();
      }
      encoder = null;
      encoder = new JpegEncoder(frame.width(), frame.height());
    }
    return encoder.encode(frame);
  }

  /** Gives the decoder the next packet of the video, or the end. */
  private void feed() throws IOException {
    while (!drained) {
      if (av_read_frame(container, packet) < 0) {
        drained = true;
        Natives.check(avcodec_send_packet(decoder, null), "finish " + path);
        return;
      }
      try {
        if (packet.stream_index() == stream) {
          int sent = avcodec_send_packet(decoder, packet);
          if (sent != AVERROR_INVALIDDATA) {
            Natives.check(sent, "decode " + path);
          }
          return;
        }
      } finally {
        av_packet_unref(packet);
      }
    }
  }

  private AVFormatContext container(Path path) throws IOException {
    AVFormatContext opened = new AVFormatContext(null);
    // The protocol is named, so that no file name can be taken for another.
    String url = "file:" + path.toAbsolutePath();
    Natives.check(
        avformat_open_input(opened, url, null, (@Nullable AVDictionary) null), "open " + path);
    natives.own(opened, it -> avformat_close_input(it));
    Natives.check(
        avformat_find_stream_info(opened, (@Nullable PointerPointer<?>) null), "read " + path);
    return opened;
  }

  private int bestStream() throws IOException {
    return Natives.check(
        av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (@Nullable AVCodec) null, 0),
        "find a video in " + path);
  }

  private AVCodecContext decoder() throws IOException {
    var parameters = container.streams(stream).codecpar();
    AVCodec codec = avcodec_find_decoder(parameters.codec_id());
    if (codec == null) {
      throw new IOException("cannot decode " + path + ": no decoder for its codec");
    }
    AVCodecContext context =
        natives.own(avcodec_alloc_context3(codec), it -> avcodec_free_context(it));
    Natives.check(avcodec_parameters_to_context(context, parameters), "decode " + path);
    context.thread_count(1);
    Natives.check(avcodec_open2(context, codec, (@Nullable AVDictionary) null), "open the decoder");
    return context;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
    natives.close();
  }
}
