@NullMarked
package io.saccade.camera.network;

import org.jspecify.annotations.NullMarked;
