/**
 * The two graphs of a network and the buffers to run them. The only package that knows ONNX
 * Runtime; no tensor leaves it.
 */
@NullMarked
package io.saccade.gfnet.onnx;

import org.jspecify.annotations.NullMarked;
