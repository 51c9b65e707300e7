@NullMarked
package io.saccade.camera.ffmpeg;

import org.jspecify.annotations.NullMarked;
