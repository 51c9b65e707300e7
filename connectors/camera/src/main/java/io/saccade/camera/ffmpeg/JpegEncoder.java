package io.saccade.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/**
 * Decoded frames of one size to JPEG. JPEG means BT.601 over the full range 0 to 255, video mostly
 * 16 to 235: converted here, or every reader would see flat colours.
 */
final class JpegEncoder implements AutoCloseable {
  /** From 1 (best) to 31. */
  private static final int QUANTISER = 3;

  private final Natives natives = new Natives();
  private final AVCodecContext encoder;
  private final SwsContext converter;
  private final AVFrame picture;
  private final AVPacket packet;
  private long encoded;

  JpegEncoder(int width, int height) throws IOException {
    boolean open = false;
    try {
      encoder = encoder(width, height);
      converter = natives.own(sws_alloc_context(), it -> sws_free_context(it));
      converter.flags(SWS_BICUBIC | SWS_ACCURATE_RND);
      converter.threads(1);
      picture = picture(width, height);
      packet = natives.own(av_packet_alloc(), it -> av_packet_free(it));
      open = true;
    } finally {
      if (!open) {
        natives.close();
      }
    }
  }

  boolean fits(AVFrame frame) {
    return frame.width() == picture.width() && frame.height() == picture.height();
  }

  byte[] encode(AVFrame frame) throws IOException {
    Natives.check(av_frame_make_writable(picture), "reuse a picture");
    Natives.check(sws_scale_frame(converter, picture, frame), "convert colours");
    picture.pts(encoded++);
    picture.quality(encoder.global_quality());
    Natives.check(avcodec_send_frame(encoder, picture), "encode a JPEG");
    Natives.check(avcodec_receive_packet(encoder, packet), "encode a JPEG");
    try {
      byte[] jpeg = new byte[packet.size()];
      packet.data().get(jpeg);
      return jpeg;
    } finally {
      av_packet_unref(packet);
    }
  }

  private AVCodecContext encoder(int width, int height) throws IOException {
    AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    AVCodecContext context =
        natives.own(avcodec_alloc_context3(codec), it -> avcodec_free_context(it));
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUVJ420P);
    context.color_range(AVCOL_RANGE_JPEG);
    context.colorspace(AVCOL_SPC_BT470BG);
    // Demanded by the encoder, meaningless for single pictures.
    context.time_base(new AVRational().num(1).den(25));
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality(QUANTISER * FF_QP2LAMBDA);
    // More threads would hold pictures back.
    context.thread_count(1);
    Natives.check(
        avcodec_open2(context, codec, (@Nullable AVDictionary) null), "open the JPEG encoder");
    return context;
  }

  private AVFrame picture(int width, int height) throws IOException {
    AVFrame allocated = natives.own(av_frame_alloc(), it -> av_frame_free(it));
    allocated.width(width);
    allocated.height(height);
    allocated.format(AV_PIX_FMT_YUVJ420P);
    allocated.color_range(AVCOL_RANGE_JPEG);
    allocated.colorspace(AVCOL_SPC_BT470BG);
    Natives.check(av_frame_get_buffer(allocated, 0), "allocate a picture");
    return allocated;
  }

  @Override
  public void close() {
    natives.close();
  }
}
