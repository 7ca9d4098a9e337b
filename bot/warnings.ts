import { yearsWithoutHolidays } from '../services/businessDays';
import type { Clock } from '../services/ports';
import type { Config } from './config';
import { isLoopback } from './loopback';
import type { Office } from './office';

/** What is amiss in the settings and no reason not to start. */
export function warningsOf(config: Config, { terms }: Office, clock: Clock): string[] {
  const { COMPANY_TIME_ZONE: zone, SLA_BUSINESS_DAYS: days, ESCALATION_EMAIL: escalation } = config;
  const years = yearsWithoutHolidays(terms.calendar, clock.now(), zone, days);
  const production = config.NODE_ENV === 'production';
  const trusting = config.INBOUND_DMARC === undefined && isLoopback(config.INBOUND_SMTP_HOST);
  return [
    ...years.map(
      (year) =>
        `${config.CALENDAR_FILE} lists no holiday in ${year}: due dates may fall on days on which nobody works.`,
    ),
    ...(escalation
      ? []
      : [
          'ESCALATION_EMAIL is not set: the mail about a case that concerns the privacy manager waits until it is.',
        ]),
    ...(production && !config.inboundSmtp && !config.IMAP_URL
      ? [
          'Neither INBOUND_SMTP_PORT nor IMAP_URL is set: no mail reaches the desk, so that staff cannot answer by mail.',
        ]
      : []),
    ...(production && config.inboundSmtp && trusting
      ? [
          'INBOUND_DMARC is not set: mail that is passed on to the listener on this machine is believed to come from whom it names.',
        ]
      : []),
  ];
}
