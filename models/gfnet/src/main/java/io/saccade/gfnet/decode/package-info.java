/**
 * From an encoded picture to what the network sees: header checks, decoding, the view, the glance
 * and the patches. The only package that knows OpenCV; no Mat leaves it.
 */
@NullMarked
package io.saccade.gfnet.decode;

import org.jspecify.annotations.NullMarked;
