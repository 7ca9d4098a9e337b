const wall = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** The walls of the layout: who may import whom, and which package lives where. */
module.exports = {
  forbidden: [
    wall('no-circular', {}, { circular: true }, 'A cycle has no reading order.'),
    wall(
      'services-know-models-only',
      { path: '^services/' },
      { path: '^(bot|dialogs|web|test|bench)/' },
      'Services know neither chat nor HTTP.',
    ),
    wall(
      'dialogs-know-services-only',
      { path: '^dialogs/' },
      { path: '^(bot|models|web|test|bench)/' },
      'Dialogs ask, call a service and say the outcome.',
    ),
    wall(
      'models-know-nothing-of-ours',
      { path: '^models/' },
      { path: '^(bot|dialogs|services|web|test|bench)/' },
      'Models are the bottom.',
    ),
    wall(
      'models-from-compose-only',
      { path: '^bot/', pathNot: '^bot/(compose|office|records)\\.ts$' },
      { path: '^models/' },
      'compose, its office and their records are the places that see all parts.',
    ),
    wall(
      'nothing-imports-tests',
      { pathNot: '^(test|bench)/' },
      { path: '^(test|bench)/' },
      'Tests look in from outside.',
    ),
    wall(
      'http-in-bot',
      { pathNot: '^(bot|test|bench)/' },
      { path: 'node_modules/(restify|ws|jsonwebtoken)/' },
      'HTTP and sockets stay in bot/.',
    ),
    wall(
      'botbuilder-in-its-places',
      { pathNot: '^(bot|dialogs|test|bench)/|^models/botState' },
      { path: 'node_modules/botbuilder' },
      'Bot Framework stays in bot/, dialogs/ and models/botState.',
    ),
    wall(
      'mongoose-in-models',
      { pathNot: '^(models|test)/' },
      { path: 'node_modules/(mongoose|mongodb|bson|lmdb|mingo)/' },
      'Only models/ knows how things are stored.',
    ),
    wall(
      'nodemailer-in-mailer',
      { pathNot: '^(services/mailer|test/)' },
      { path: 'node_modules/nodemailer/' },
      'One place sends mail.',
    ),
    wall(
      'csv-in-customer-file',
      { pathNot: '^(services/records/customerFile|test/|bench/)' },
      { path: 'node_modules/csv-parse/' },
      'One place reads customer files.',
    ),
    wall(
      'progress-in-commands',
      { pathNot: '^bot/commands/' },
      { path: 'node_modules/cli-progress/' },
      'Only commands have a terminal.',
    ),
    wall(
      'natural-in-understanding',
      { pathNot: '^(services/understanding/|bench/)' },
      { path: 'node_modules/(natural|@energetic-ai)/' },
      'One place understands text.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'require', 'types', 'default'],
    },
  },
};
