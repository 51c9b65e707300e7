/**
 * What a model is worth, measured on pictures by the way that frames go in the product: accuracy,
 * cost, and whether the frontier keeps what it promises.
 */
@NullMarked
package io.saccade.evaluate;

import org.jspecify.annotations.NullMarked;
