/**
 * Where pictures come from: a child process that decodes, or a folder. Nothing native runs in this
 * process.
 */
@NullMarked
package io.saccade.camera.source;

import org.jspecify.annotations.NullMarked;
