@NullMarked
package io.saccade.camera.supervise;

import org.jspecify.annotations.NullMarked;
