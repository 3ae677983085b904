/** What the operator types before anything is changed, as long as the effect on access is not computed. */
export const ACKNOWLEDGEMENT = 'access impact not analysed'
