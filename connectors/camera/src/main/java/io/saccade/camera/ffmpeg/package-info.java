/** The only place that knows FFmpeg: files in, JPEG bytes out, nothing native leaves. */
@NullMarked
package io.saccade.camera.ffmpeg;

import org.jspecify.annotations.NullMarked;
