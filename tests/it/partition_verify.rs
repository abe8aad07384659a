//! Outcomes that are true are found so, and each that is made untrue is found out.
