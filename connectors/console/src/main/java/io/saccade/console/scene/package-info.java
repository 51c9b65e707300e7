/**
 * What is known of cameras, job and budget now and of the last quarter of an hour: no I/O, time is
 * an argument.
 */
@NullMarked
package io.saccade.console.scene;

import org.jspecify.annotations.NullMarked;
