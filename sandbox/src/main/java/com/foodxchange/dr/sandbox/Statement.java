package com.foodxchange.dr.sandbox;

/** Which statement of which retryable write it is: a retry does not apply it twice. */
record Statement(Value session, long txnNumber, int number) {}
