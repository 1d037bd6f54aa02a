/** What commands end with that somebody stopped, as shells have it after Ctrl-C. */
export const stopped = 130;
