/** What a customer's words tell for a report or a record; each reading is pure, never throws, and is bounded in time. */
export { findChanges } from './changes';
export { findCode } from './codes';
export { findEmail, findPhone, isEmail } from './contact';
export { readField } from './fieldAnswers';
export { readFieldName } from './fieldNames';
export { findName } from './name';
export { endsWholeAddress, isPostcode } from './postcodes';
export { findNoticed } from './noticed';
export { findNoticing } from './noticing';
export { findCaseReference, findPin, withoutCaseReferences } from './references';
export { VALUE_KEYS, valuesOf, type Values } from './values';
