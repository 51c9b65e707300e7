@NullMarked
package io.saccade.camera;

import org.jspecify.annotations.NullMarked;
