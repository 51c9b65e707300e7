package io.saccade.console.access;

/** What somebody may do. */
public enum Role {
  /** Look. */
  VIEWER,
  /** Look, and turn the budget. */
  OPERATOR
}
