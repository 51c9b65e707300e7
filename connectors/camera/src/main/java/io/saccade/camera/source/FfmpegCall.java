package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.config.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How FFmpeg is called for a camera. Arguments can be read by everybody on the machine, so a URL
 * that may have a password goes in by standard input, as a script of FFmpeg's concat demuxer.
 *
 * @param arguments without the program
 * @param script for standard input; empty when there is none
 */
record FfmpegCall(List<String> arguments, String script) {
  private static final int DEFAULT_QUALITY = 80;

  /** The quantiser at quality 100 and how much it grows to quality 1. */
  private static final int BEST = 2;

  private static final int SPAN = 29;

  /** No files: what a server sends must not make the child read any. */
  private static final String PROTOCOLS =
      "pipe,rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https,httpproxy,crypto";

  /**
   * What is looked at before the first picture. Five million bytes, as is usual, take seconds; the
   * decoder finds the rest in the stream.
   */
  private static final int PROBE_BYTES = 32 * 1024;

  /**
   * Times in milliseconds that always grow, as the encoder demands: a picture that is not after the
   * one before it moves all that follow.
   */
  private static final String GROWING_TIMES =
      "settb=1/1000,setpts='PTS+st(0,ld(0)+if(lte(PTS,PREV_INPTS),PREV_INPTS-PTS+1,0))'";

  /** Pictures on standard output. */
  static FfmpegCall of(CameraSettings camera) {
    return of(camera, camera.url().revealed());
  }

  /**
   * The same from elsewhere.
   *
   * @param from the URL that is read, secrets included
   */
  static FfmpegCall of(CameraSettings camera, String from) {
    List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-nostats", "-nostdin"));
    arguments.addAll(List.of("-loglevel", "level+warning", "-threads", "1"));
    if (camera.url().kind() == CameraUrl.Kind.FILE) {
      arguments.addAll(List.of("-re", "-stream_loop", camera.loop() ? "-1" : "0"));
    }
    input(camera, arguments);
    arguments.addAll(List.of("-map", "0:v:0"));
    if (camera.asItComes()) {
      arguments.addAll(List.of("-c:v", "copy"));
    } else {
      arguments.addAll(List.of("-vf", filters(camera), "-fps_mode", "passthrough"));
      arguments.addAll(List.of("-enc_time_base", "1:1000"));
      arguments.addAll(List.of("-filter_threads", "1", "-threads", "1"));
      arguments.addAll(List.of("-c:v", "mjpeg", "-q:v", Integer.toString(quantiser(camera))));
    }
    arguments.addAll(List.of("-flush_packets", "1", "-f", "smjpeg", "pipe:1"));
    return new FfmpegCall(List.copyOf(arguments), script(camera, from));
  }

  /** What the first video stream is, as JSON on standard output; for ffprobe. */
  static FfmpegCall probe(CameraSettings camera) {
    List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-loglevel", "level+error"));
    arguments.addAll(List.of("-select_streams", "v:0", "-of", "json"));
    arguments.addAll(List.of("-show_entries", "stream=codec_name,width,height"));
    input(camera, arguments);
    return new FfmpegCall(List.copyOf(arguments), script(camera, camera.url().revealed()));
  }

  private static void input(CameraSettings camera, List<String> arguments) {
    CameraUrl url = camera.url();
    switch (url.kind()) {
      case RTSP, HTTP -> {
        arguments.addAll(List.of("-f", "concat", "-safe", "0"));
        arguments.addAll(List.of("-protocol_whitelist", PROTOCOLS));
        // The script's streams are known at once; to find their rate would take twenty pictures.
        arguments.addAll(List.of("-fpsprobesize", "0"));
        // Not nobuffer: it throws away the key frame that was looked at, and waits for the next.
        arguments.addAll(List.of("-flags", "low_delay", "-i", "pipe:0"));
      }
      case DEVICE -> arguments.addAll(List.of("-f", "v4l2", "-i", url.revealed()));
      case FILE, FOLDER -> arguments.addAll(List.of("-i", "file:" + url.revealed()));
    }
  }

  private static String script(CameraSettings camera, String from) {
    return switch (camera.url().kind()) {
      case RTSP, HTTP -> script(from, options(camera));
      case FILE, FOLDER, DEVICE -> "";
    };
  }

  private static Map<String, String> options(CameraSettings camera) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("probesize", Integer.toString(PROBE_BYTES));
    options.put("analyzeduration", "0");
    // Without it a second goes by to find the rate, which nobody needs to know.
    options.put("fpsprobesize", "0");
    // It ends a child whose parent was killed.
    String silence = Long.toString(1000 * camera.longestSilence().toMillis());
    if (camera.url().kind() == CameraUrl.Kind.RTSP) {
      options.put("rtsp_transport", camera.transport() == Transport.UDP ? "udp" : "tcp");
      options.put("allowed_media_types", "video");
      options.put("timeout", silence);
    } else {
      options.put("rw_timeout", silence);
      // MJPEG over HTTP has no times of its own: those of its arrival at the child.
      options.put("use_wallclock_as_timestamps", "1");
    }
    return options;
  }

  private static String script(String url, Map<String, String> options) {
    StringBuilder script = new StringBuilder("ffconcat version 1.0\nfile ");
    script.append(quoted(url)).append('\n');
    options.forEach(
        (name, value) -> script.append("option %s %s\n".formatted(name, quoted(value))));
    return script.toString();
  }

  /** One word of the script, whatever is in it; URLs have no line ends. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String filters(CameraSettings camera) {
    List<String> filters = new ArrayList<>();
    Double fps = camera.fps();
    if (fps != null) {
      filters.add(Pacer.filter(fps));
    }
    filters.add(GROWING_TIMES);
    Region region = camera.region();
    if (region != null) {
      filters.add(
          "crop=%d:%d:%d:%d".formatted(region.width(), region.height(), region.x(), region.y()));
    }
    String size = camera.width() == null ? "" : "w=" + camera.width() + ":h=-2:";
    // JPEG means the full range of brightness.
    filters.add("scale=" + size + "out_range=full:out_color_matrix=bt601:flags=bilinear");
    filters.add("format=yuv420p");
    return String.join(",", filters);
  }

  private static int quantiser(CameraSettings camera) {
    Integer quality = camera.quality();
    double share = ((quality == null ? DEFAULT_QUALITY : quality) - 1) / 99.0;
    return (int) Math.round(BEST + SPAN * (1 - share));
  }
}
