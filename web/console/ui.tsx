/** The pieces that every view is made of. */
export { Dialog } from './ui/dialog';
export { Field } from './ui/field';
export { Heading } from './ui/heading';
export { Table } from './ui/table';
export { Time, Waited } from './ui/time';
export { standing, toast, Toasts } from './ui/toasts';
export { Badge, Button, Empty, Notice, Spinner, Trouble, type Tone } from './ui/basics';
