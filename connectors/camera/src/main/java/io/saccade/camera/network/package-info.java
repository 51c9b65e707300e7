/** The way to a network camera: whether it answers, and what lies between it and its child. */
@NullMarked
package io.saccade.camera.network;

import org.jspecify.annotations.NullMarked;
