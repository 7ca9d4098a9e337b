// Types of what the benches use of packages that declare none, or other ones than they have.

declare module 'natural/lib/natural/classifiers/bayes_classifier' {
  class BayesClassifier {
    addDocument(text: string, label: string): void;
    train(): void;
    getClassifications(text: string): { readonly label: string; readonly value: number }[];
  }
  export = BayesClassifier;
}
