/** What a customer's words tell for a report; each reading is pure, never throws, and is bounded in time. */
export { findEmail, findPhone, isEmail } from './contact';
export { findName } from './name';
export { findNoticed } from './noticed';
export { findCaseReference, findPin } from './references';
