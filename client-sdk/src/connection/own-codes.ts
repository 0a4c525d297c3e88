/** Close codes that never come from a server: what the parts of this SDK tell each other (3000–3999 are free for that). */

/** Another tab has the socket from now on: come back at once, nothing is wrong. */
export const HANDED_ON = 3012
/** To a socket: whoever used it waited in vain for an answer. */
export const UNANSWERED = 3008
