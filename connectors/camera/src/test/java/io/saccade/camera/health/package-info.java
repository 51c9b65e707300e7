@NullMarked
package io.saccade.camera.health;

import org.jspecify.annotations.NullMarked;
