package io.saccade.job;

/** How surely labels, events and dead letters arrive. */
public enum Delivery {
  /** No label is lost; after a failure some come twice, with the same partition and offset. */
  AT_LEAST_ONCE,
  /** Each label once, in Kafka transactions: visible with the next checkpoint, not before. */
  EXACTLY_ONCE
}
