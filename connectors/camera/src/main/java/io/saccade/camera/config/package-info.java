/**
 * The cameras' settings: one file, read whole, refused with every fault at once; no secret is ever
 * shown.
 */
@NullMarked
package io.saccade.camera.config;

import org.jspecify.annotations.NullMarked;
