import qrcode from 'qrcode-generator';
import type { TotpSetUp } from '../../services/staffAccounts';
import type { TotpView } from './contract';

/** Reads well from a screen, and leaves room for an address of any length. */
const CORRECTION = 'M';
const CELL = 4;
const MARGIN = 16;

/** A second factor with a picture that an app can read; black on white whatever the page's colours are. */
export function totpView({ secret, uri }: TotpSetUp): TotpView {
  const code = qrcode(0, CORRECTION);
  code.addData(uri);
  code.make();
  const svg = code.createSvgTag({ cellSize: CELL, margin: MARGIN, scalable: true });
  return {
    ...{ secret, uri },
    picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  };
}
